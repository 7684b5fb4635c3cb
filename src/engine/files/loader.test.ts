import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { Progress } from "./download.ts";
import { ShippedFolder } from "./folder.ts";
import { loadFolder, parseModelFiles } from "./loader.ts";
import type { ManifestEntry } from "./manifest.ts";
import { toFloat32 } from "./safetensors.ts";

const base = new URL("https://example.org/book/models/");

function json(value: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(value));
}

function safetensors(header: unknown, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const text = json(header);
  const bytes = new Uint8Array([...new Uint8Array(8), ...text, ...data]);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  return bytes;
}

const config = { model_type: "gpt2", vocab_size: 3, n_positions: 8, n_embd: 4, n_head: 2, n_layer: 1 };
const folder: Record<string, Uint8Array<ArrayBuffer>> = {
  "config.json": json(config),
  "tokenizer.json": json({
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: { type: "Split", pattern: { Regex: "." }, behavior: "Isolated", invert: false },
    post_processor: null,
    decoder: { type: "Fuse" },
    model: { type: "WordLevel", vocab: { "[UNK]": 0, 春: 1, 江: 2 }, unk_token: "[UNK]" },
  }),
  "model.safetensors": safetensors(
    { "ln_f.bias": { dtype: "F16", shape: [2], data_offsets: [0, 4] } },
    Uint8Array.of(0x00, 0x3c, 0x00, 0xc0),
  ),
  "README.md": new TextEncoder().encode("# A model"),
};

function entryOf(files: Record<string, Uint8Array>): ManifestEntry {
  return {
    id: "tiny",
    title: "小模型",
    architecture: "gpt2",
    purpose: "测试",
    license: "MIT",
    parameters: 2,
    context: 8,
    files: Object.entries(files).map(([path, bytes]) => ({
      path,
      bytes: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
    })),
  };
}

/** A site that has these files in the model's folder, and a list of what it was asked for. */
function siteOf(files: Record<string, Uint8Array<ArrayBuffer>>): { fetch: typeof fetch; asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    fetch: async (input) => {
      const path = String(input).slice(`${base}tiny/`.length);
      asked.push(path);
      const bytes = files[path];
      return bytes ? new Response(bytes) : new Response("", { status: 404 });
    },
  };
}

test("a model of the manifest is downloaded and opened, with one progress for all its files", async () => {
  const { fetch, asked } = siteOf(folder);
  const progress: Progress[] = [];
  const onProgress = (step: Progress) => progress.push(step);
  const model = await loadFolder(new ShippedFolder(base, entryOf(folder), fetch), { onProgress });

  expect(model.config).toMatchObject({ architecture: "gpt2", vocabularySize: 3, width: 4 });
  expect(model.tokenizer.encode("江春").ids).toEqual([2, 1]);
  expect([...toFloat32(model.tensors.get("ln_f.bias")!)]).toEqual([1, -2]);

  expect(asked.sort()).toEqual(["config.json", "model.safetensors", "tokenizer.json"]);
  const total = asked.reduce((sum, path) => sum + folder[path]!.length, 0);
  expect(progress.at(-1)).toEqual({ loaded: total, total });
  expect(progress.every((step, i) => step.total === total && step.loaded > (progress[i - 1]?.loaded ?? 0))).toBe(true);
});

test("what cannot run is known at once, and the download of its weights ends", async () => {
  const files = { ...folder, "config.json": json({ ...config, activation_function: "mish" }) };
  const { fetch } = siteOf(files);
  const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
  const slow = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    if (!String(input).endsWith("model.safetensors")) return fetch(input);
    // The weights take for ever, unless somebody has had enough.
    return new Promise((_, reject) => {
      init?.signal?.addEventListener("abort", () => {
        stop();
        reject(new Error("aborted"));
      });
    });
  };
  await expect(loadFolder(new ShippedFolder(base, entryOf(files), slow))).rejects.toMatchObject({
    code: "unsupported-model",
  });
  await stopped;
});

test("a file that is not what the manifest says does not come through", async () => {
  const { fetch } = siteOf({ ...folder, "model.safetensors": folder["model.safetensors"]!.toReversed() });
  await expect(loadFolder(new ShippedFolder(base, entryOf(folder), fetch))).rejects.toMatchObject({
    code: "hash-mismatch",
    detail: "model.safetensors",
  });
});

test("other files of a model come by their path; what the manifest does not have is not asked for", async () => {
  const { fetch, asked } = siteOf(folder);
  const shipped = new ShippedFolder(base, entryOf(folder), fetch);
  expect(new TextDecoder().decode(await shipped.read("README.md"))).toBe("# A model");
  await expect(shipped.read("LICENSE")).rejects.toMatchObject({
    code: "not-found",
    detail: "tiny/LICENSE",
  });
  expect(asked).toEqual(["README.md"]);
});

test("a folder opens from any source of bytes, and its parts must fit each other", async () => {
  const read = (files: typeof folder) => async (path: string) => files[path]!.buffer;
  expect((await parseModelFiles(read(folder))).tensors.size).toBe(1);
  const padded = { ...folder, "config.json": json({ ...config, vocab_size: 4 }) };
  expect((await parseModelFiles(read(padded))).config.vocabularySize).toBe(4);
  const smaller = { ...folder, "config.json": json({ ...config, vocab_size: 2 }) };
  const { tokenizer } = await parseModelFiles(read(smaller));
  expect(tokenizer.encode("春").ids).toEqual([1]);
  expect(() => tokenizer.encode("江")).toThrow(
    expect.objectContaining({ code: "bad-input", detail: "「江」的编号是 2，模型只有 2 个" }),
  );
  const damaged = { ...folder, "tokenizer.json": folder["tokenizer.json"]!.slice(1) };
  await expect(parseModelFiles(read(damaged))).rejects.toMatchObject({
    code: "bad-file",
    detail: "tokenizer.json 不是 JSON",
  });
});
