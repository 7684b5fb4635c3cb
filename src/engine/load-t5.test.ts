import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEFAULT_SETTINGS, type GenerationSettings } from "./decoding/settings.ts";
import { Engine } from "./engine.ts";
import { parseSafetensors, type TensorView } from "./files/safetensors.ts";
import { folderAddress } from "./files/source.ts";
import { openModel } from "./node.ts";
import { asFiles, writeSafetensors } from "./testing/folders.ts";
import { startHub, type TestHub } from "./testing/hub.ts";
import { relativeError } from "./testing/relative-error.ts";

// Folders that transformers saved (`training/fixtures_t5.py`): the first T5, the one of 2020 with a head of its own, and mT5.

const FOLDERS = fileURLToPath(new URL("./testdata/folders", import.meta.url));
const KINDS = ["t5", "t5-v1_1", "mt5"] as const;
const FILES = ["config.json", "tokenizer.json", "model.safetensors"] as const;

interface Expected {
  readonly text: string;
  readonly ids: number[];
  readonly target: number[];
  /** [target tokens × vocabulary] */
  readonly logits: number[];
  readonly written: readonly {
    readonly settings: Partial<GenerationSettings>;
    readonly texts: number[][];
    readonly scores: number[] | null;
    readonly decoded: string[];
  }[];
}

let hub: TestHub;
let engine: Engine;

beforeAll(async () => {
  hub = await startHub(FOLDERS);
  engine = await Engine.create(new URL("http://127.0.0.1:1/models/"), "cpu", () => {});
});

afterAll(() => {
  hub.close();
});

async function expectedOf(kind: string): Promise<Expected> {
  return JSON.parse(await readFile(`${FOLDERS}/${kind}/expected.json`, "utf8"));
}

async function filesOf(kind: string): Promise<Record<string, Uint8Array<ArrayBuffer>>> {
  const files = FILES.map(async (file) => [file, new Uint8Array(await readFile(`${FOLDERS}/${kind}/${file}`))]);
  return Object.fromEntries(await Promise.all(files));
}

describe.each(KINDS)("%s from a hub", (kind) => {
  test("is looked at, agreed to, and writes what `generate()` writes", async () => {
    const { text, ids, target, logits, written } = await expectedOf(kind);
    const source = { url: folderAddress(`tests/${kind}`, hub.at("sound")).href };
    const report = await engine.inspect(source);
    expect(report).toMatchObject({ architecture: kind === "mt5" ? "mt5" : "t5", pipeline: null, dtypes: ["F32"] });
    expect(report.memoryBytes).toBe(4 * report.parameters!);
    const model = await engine.load(source, { agreedBytes: report.bytes });

    expect((await engine.calls.encode(model.id, text)).ids).toEqual(ids);
    const read = await engine.calls.readPair(model.id, ids, target, ["decoder.*.cross_attn.pattern"]);
    expect(relativeError(read.logits.data, logits)).toBeLessThan(1e-4);
    expect(read.traces.get("decoder.1.cross_attn.pattern")!.shape.slice(1)).toEqual([target.length, ids.length]);

    for (const { settings, texts, scores, decoded } of written) {
      const own = { ...DEFAULT_SETTINGS, ...settings };
      const found: number[][] = scores ? [] : [[]];
      if (scores) {
        for await (const event of engine.beamSearch(model.id, ids, own)) {
          if (event.type === "result") for (const { ids: beam } of event.hypotheses) found.push([...beam]);
        }
      } else {
        for await (const event of engine.sample(model.id, ids, own)) {
          if (event.type === "token") found[0]!.push(event.token);
        }
      }
      expect(found).toEqual(texts);
      expect(await Promise.all(found.map((beam) => engine.calls.decode(model.id, beam)))).toEqual(decoded);
    }
    await engine.unload(model.id);
  });

  test("opens in Node, too", async () => {
    const { text, ids, target, logits } = await expectedOf(kind);
    const model = await openModel(`${FOLDERS}/${kind}`);
    if (model.architecture !== "t5") throw new Error("The folder holds a T5.");
    expect(model.tokenizer.encode(text).ids).toEqual(ids);
    const read = await model.forward(ids, target);
    expect(relativeError(read.logits.data, logits)).toBeLessThan(1e-4);
    const tree = model.tree(ids);
    const last = await tree.append(null, target);
    expect(relativeError(last.logits, logits.slice(-last.logits.length))).toBeLessThan(1e-4);
    model.dispose();
  });
});

describe("however a file names the table that is shared", () => {
  let files: Record<string, Uint8Array<ArrayBuffer>>;
  let tensors: Map<string, TensorView>;
  beforeAll(async () => {
    files = await filesOf("t5");
    tensors = parseSafetensors(files["model.safetensors"]!.buffer);
  });
  const withTensors = (changed: ReadonlyMap<string, TensorView>) =>
    asFiles({ ...files, "model.safetensors": writeSafetensors(changed) });

  test.each([
    ["encoder.embed_tokens.weight"],
    ["decoder.embed_tokens.weight"],
    ["lm_head.weight"],
    ["shared.weight", "lm_head.weight", "encoder.embed_tokens.weight"],
  ])("%s", async (...names) => {
    const { ids, target, logits } = await expectedOf("t5");
    const table = tensors.get("shared.weight")!;
    const rest = [...tensors].filter(([name]) => name !== "shared.weight");
    const model = await engine.load({
      files: withTensors(new Map([...rest, ...names.map((name): [string, TensorView] => [name, table])])),
    });
    const read = await engine.calls.readPair(model.id, ids, target);
    expect(relativeError(read.logits.data, logits)).toBeLessThan(1e-4);
    await engine.unload(model.id);
  });

  test("what is missing is named before anything is loaded", async () => {
    const name = "decoder.block.1.layer.1.EncDecAttention.k.weight";
    const without = withTensors(new Map([...tensors].filter(([own]) => own !== name)));
    await expect(engine.inspect({ files: without })).rejects.toMatchObject({ code: "missing-tensor", detail: name });
  });

  test.each([
    [{ feed_forward_proj: "gated-quick_gelu" }, "unsupported-model"],
    [{ relative_attention_num_buckets: 2 }, "bad-file"],
    [{ relative_attention_max_distance: 4 }, "bad-file"],
    [{ layer_norm_epsilon: 0 }, "bad-file"],
    [{ num_heads: 3 }, "wrong-shape"],
    [{ model_type: "umt5" }, "unsupported-model"],
  ])("%j is refused when the folder is looked at", async (change, code) => {
    const config = { ...JSON.parse(new TextDecoder().decode(files["config.json"])), ...change };
    const changed = asFiles({ ...files, "config.json": JSON.stringify(config) });
    await expect(engine.inspect({ files: changed })).rejects.toMatchObject({ code });
  });
});

test("a GPT-2's calls refuse a T5, and its own refuse others, with a sentence", async () => {
  const model = await engine.load({ files: asFiles(await filesOf("t5")) });
  const other = await engine.load({ files: asFiles(await filesOf("gpt2")) });
  await expect(engine.calls.next(model.id, [0])).rejects.toMatchObject({ code: "bad-input" });
  await expect(engine.tree(model.id)).rejects.toMatchObject({ code: "bad-input" });
  await expect(engine.calls.readPair(other.id, [0], [0])).rejects.toMatchObject({ code: "bad-input" });
  await engine.unload(model.id);
  await engine.unload(other.id);
});
