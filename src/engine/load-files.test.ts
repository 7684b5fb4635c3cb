import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { Engine } from "./engine.ts";
import { parseSafetensors, type TensorView, toFloat32 } from "./files/safetensors.ts";
import { asFiles, type StoredTensor, writeSafetensors } from "./testing/folders.ts";
import { inHalves, inInt8, toBFloat16, toFloat16, toInt8 } from "./testing/narrow.ts";

const FOLDERS = fileURLToPath(new URL("./testdata/folders", import.meta.url));
const FILES = ["config.json", "tokenizer.json", "model.safetensors"] as const;

type Folder = Record<(typeof FILES)[number], Uint8Array<ArrayBuffer>> & Record<string, Uint8Array<ArrayBuffer>>;

let engine: Engine;
let gpt2: Folder;
let bert: Folder;
let tensors: Map<string, TensorView>;

beforeAll(async () => {
  engine = await Engine.create(new URL("http://127.0.0.1:1/models/"), "cpu", () => {});
  [gpt2, bert] = [await readFolder("gpt2"), await readFolder("bert")];
  tensors = parseSafetensors(gpt2["model.safetensors"].buffer);
});

async function readFolder(name: string): Promise<Folder> {
  const files = await Promise.all(
    FILES.map(async (file) => [file, new Uint8Array(await readFile(`${FOLDERS}/${name}/${file}`))]),
  );
  return Object.fromEntries(files);
}

/** Logits of the model behind a few tokens. */
async function logitsOf(files: readonly File[]): Promise<Float32Array> {
  const model = await engine.load({ files });
  const tree = await engine.tree(model.id);
  const { logits } = await tree.append(null, [5, 17, 300]);
  tree.dispose();
  await engine.unload(model.id);
  return logits;
}

/** The tiny GPT-2 with other weights. */
function withTensors(changed: ReadonlyMap<string, StoredTensor>): File[] {
  return asFiles({ ...gpt2, "model.safetensors": writeSafetensors(changed) });
}

function withConfig(change: Record<string, unknown>, changed: ReadonlyMap<string, StoredTensor> = tensors): File[] {
  const config: Record<string, unknown> = JSON.parse(new TextDecoder().decode(gpt2["config.json"]));
  const json = JSON.stringify({ ...config, ...change });
  return asFiles({ ...gpt2, "config.json": json, "model.safetensors": writeSafetensors(changed) });
}

test("dropped files open, whatever else was dropped with them", async () => {
  const report = await engine.inspect({ files: asFiles({ ...gpt2, "README.md": "# Mine" }) });
  expect(report).toMatchObject({ architecture: "gpt2", parameters: 4216, dtypes: ["F32"] });
  const { logits, ids } = JSON.parse(await readFile(`${FOLDERS}/gpt2/expected.json`, "utf8"));
  const model = await engine.load({ files: asFiles({ ...gpt2, "README.md": "# Mine" }) });
  const tree = await engine.tree(model.id);
  const step = await tree.append(null, ids);
  expect([...step.logits].every((logit, i) => Math.abs(logit - logits[i]) < 1e-4)).toBe(true);
  tree.dispose();
  await engine.unload(model.id);
});

test("weights in several files open by their index", async () => {
  const names = [...tensors.keys()];
  const shard = (part: (index: number) => boolean) => writeSafetensors(new Map([...tensors].filter((_, i) => part(i))));
  const [first, second] = ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"];
  const index = { weight_map: Object.fromEntries(names.map((name, i) => [name, i % 2 === 0 ? first : second])) };
  const rest = { "config.json": gpt2["config.json"], "tokenizer.json": gpt2["tokenizer.json"] };
  const shards = { [first!]: shard((i) => i % 2 === 0), [second!]: shard((i) => i % 2 === 1) };
  const files = { ...rest, "model.safetensors.index.json": JSON.stringify(index), ...shards };
  expect(await logitsOf(asFiles(files))).toEqual(await logitsOf(asFiles(gpt2)));

  const incomplete = Object.fromEntries(Object.entries(files).filter(([name]) => name !== second));
  const failure = { code: "not-found", detail: expect.stringContaining(second!) };
  await expect(engine.inspect({ files: asFiles(incomplete) })).rejects.toMatchObject(failure);
});

describe("narrow weights compute what the same numbers in 32 bits compute", () => {
  test.each([
    ["F16", toFloat16],
    ["BF16", toBFloat16],
  ] as const)("%s", async (dtype, narrow) => {
    const narrowed = new Map<string, StoredTensor>();
    const rounded = new Map<string, StoredTensor>();
    for (const [name, tensor] of tensors) {
      const stored = { name, dtype, shape: tensor.shape, data: narrow(toFloat32(tensor)) };
      narrowed.set(name, stored);
      rounded.set(name, { ...tensor, data: new Uint8Array(toFloat32(stored).buffer) });
    }
    expect((await engine.inspect({ files: withTensors(narrowed) })).dtypes).toEqual([dtype]);
    expect(await logitsOf(withTensors(narrowed))).toEqual(await logitsOf(withTensors(rounded)));
  });

  test.each(["rows", "columns"] as const)("I8 with a scale for each of the %s", async (channels) => {
    const narrowed = inInt8(tensors, channels);
    const rounded = new Map<string, StoredTensor>(tensors);
    for (const [name, tensor] of tensors) {
      if (tensor.shape.length !== 2) continue;
      const [, columns = 0] = tensor.shape;
      const { values, scales } = toInt8(toFloat32(tensor), columns, channels);
      const floats = Float32Array.from(
        values,
        (value, i) => value * scales[channels === "rows" ? Math.floor(i / columns) : i % columns]!,
      );
      rounded.set(name, { ...tensor, data: new Uint8Array(floats.buffer) });
    }
    const { dtypes, parameters } = await engine.inspect({ files: withTensors(narrowed) });
    expect({ dtypes, parameters }).toEqual({ dtypes: ["F32", "I8"], parameters: 4216 });
    const [narrow, round] = [await logitsOf(withTensors(narrowed)), await logitsOf(withTensors(rounded))];
    expect([...narrow].every((logit, i) => Math.abs(logit - round[i]!) < 1e-4)).toBe(true);
  });
});

test("a report's memory is what the weights take: F16 stays so, and 8 bits where their channels are the outputs", async () => {
  for (const folder of [gpt2, bert]) {
    const all = parseSafetensors(folder["model.safetensors"].buffer);
    for (const stored of [inHalves(all), inInt8(all, "rows"), inInt8(all, "columns")]) {
      const files = asFiles({ ...folder, "model.safetensors": writeSafetensors(stored) });
      const report = await engine.inspect({ files });
      const before = engine.memory.bytes;
      const model = await engine.load({ files });
      const taken = engine.memory.bytes - before;
      // Storages are rounded up.
      expect(report.memoryBytes).toBeLessThanOrEqual(taken);
      expect(report.memoryBytes / taken).toBeGreaterThan(0.8);
      expect(model.report).toEqual(report);
      await engine.unload(model.id);
    }
  }
});

test("a tree says that its model was unloaded, and what waits for a tree that is disposed is cancelled", async () => {
  const model = await engine.load({ files: asFiles(gpt2) });
  const [tree, other] = [await engine.tree(model.id), await engine.tree(model.id)];
  const { node } = await tree.append(null, [1]);
  const waiting = [other.append(null, [1]), other.append(null, [2])];
  other.dispose();
  for (const call of waiting) await expect(call).rejects.toMatchObject({ code: "cancelled" });
  await engine.unload(model.id);
  await expect(tree.append(node, [2])).rejects.toMatchObject({ code: "not-found", detail: model.id });
  tree.dispose();
});

test("a shipped model, which all demos share, is not unloaded", async () => {
  await expect(engine.unload("gpt-poem")).rejects.toMatchObject({ code: "bad-input" });
});

test("the names of a bare GPT-2, and those of the first BERTs", async () => {
  const bare = new Map([...tensors].map(([name, tensor]) => [name.replace("transformer.", ""), tensor]));
  expect(await logitsOf(withTensors(bare))).toEqual(await logitsOf(asFiles(gpt2)));
  const old = new Map(
    [...parseSafetensors(bert["model.safetensors"].buffer)].map(([name, tensor]) => [
      name.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta"),
      tensor,
    ]),
  );
  const files = asFiles({ ...bert, "model.safetensors": writeSafetensors(old) });
  const model = await engine.load({ files });
  expect(model.report.parameters).toBe((await engine.inspect({ files: asFiles(bert) })).parameters);
  await engine.unload(model.id);
});

test("of a table and a tied head one is enough, under either name; a head of its own does not stand in for the table", async () => {
  const names = ["transformer.wte.weight", "lm_head.weight"] as const;
  const headOnly = new Map([...tensors].map(([name, tensor]) => [name === names[0] ? names[1] : name, tensor]));
  expect(await logitsOf(withTensors(headOnly))).toEqual(await logitsOf(asFiles(gpt2)));
  const untied = (stored: ReadonlyMap<string, StoredTensor>) => withConfig({ tie_word_embeddings: false }, stored);
  const both = new Map([...headOnly, [names[0], tensors.get(names[0])!]]);
  expect(await logitsOf(untied(both))).toEqual(await logitsOf(asFiles(gpt2)));
  for (const [stored, missing] of [
    [headOnly, names[0]],
    [tensors, names[1]],
  ] as const) {
    await expect(engine.inspect({ files: untied(stored) })).rejects.toMatchObject({
      code: "missing-tensor",
      detail: missing,
    });
  }
});

describe("what cannot be used is named", () => {
  const change = (name: string, tensor: StoredTensor | null): File[] => {
    const changed = new Map<string, StoredTensor>(tensors);
    if (tensor) changed.set(name, tensor);
    else changed.delete(name);
    return withTensors(changed);
  };
  const norm = "transformer.h.0.ln_1.weight";
  const floats = (...values: number[]): StoredTensor => {
    return { dtype: "F32", shape: [values.length], data: new Uint8Array(Float32Array.from(values).buffer) };
  };
  const cases: [what: string, files: () => File[], code: string, detail: string][] = [
    ["no files", () => [], "bad-input", "没有选中任何文件"],
    ["the same file twice", () => [...asFiles(gpt2), ...asFiles({ "config.json": "{}" })], "bad-input", "config.json"],
    [
      "files of something else",
      () => asFiles({ "a.txt": "a" }),
      "not-found",
      "缺少 config.json、tokenizer.json、model.safetensors",
    ],
    [
      "a missing file",
      () => asFiles({ "config.json": gpt2["config.json"] }),
      "not-found",
      "缺少 tokenizer.json、model.safetensors",
    ],
    ["another architecture", () => withConfig({ model_type: "llama" }), "unsupported-model", "llama"],
    [
      "a config that is a page",
      () => asFiles({ ...gpt2, "config.json": "<html>" }),
      "bad-file",
      "config.json 不是 JSON",
    ],
    ["a missing tensor", () => change(norm, null), "missing-tensor", norm],
    ["a misshapen tensor", () => change(norm, floats(1, 2)), "wrong-shape", `${norm}：文件里是 [2]，应当是 [8]`],
    [
      "a file cut short",
      () => asFiles({ ...gpt2, "model.safetensors": gpt2["model.safetensors"].slice(0, -9) }),
      "truncated",
      "model.safetensors",
    ],
    [
      "integers without scales",
      () => change("transformer.wpe.weight", { dtype: "I8", shape: [32, 8], data: new Uint8Array(256) }),
      "missing-tensor",
      "transformer.wpe.weight.scale",
    ],
  ];
  test.each(cases)("%s", async (_, files, code, detail) => {
    const failure = { code, detail: expect.stringContaining(detail) };
    await expect(engine.inspect({ files: files() })).rejects.toMatchObject(failure);
    await expect(engine.load({ files: files() })).rejects.toMatchObject(failure);
  });

  const halves = (last: number) => new Uint8Array(new Uint16Array(32 * 8).fill(last, -1).buffer);
  test.each<[what: string, name: string, tensor: StoredTensor]>([
    ["not a number", norm, floats(1, 1, 1, 1, 1, 1, 1, Number.NaN)],
    ["infinite", norm, floats(1, 1, 1, 1, 1, 1, 1, Number.POSITIVE_INFINITY)],
    ["infinite in half precision", "transformer.wpe.weight", { dtype: "F16", shape: [32, 8], data: halves(0xfc00) }],
    ["not a number in BF16", "transformer.wpe.weight", { dtype: "BF16", shape: [32, 8], data: halves(0x7fc0) }],
    ["infinite in BF16", "transformer.wpe.weight", { dtype: "BF16", shape: [32, 8], data: halves(0xff80) }],
  ])("a weight that is %s, which only reading all of them tells", async (_, name, tensor) => {
    const before = engine.memory;
    await expect(engine.load({ files: change(name, tensor) })).rejects.toMatchObject({
      code: "not-finite",
      detail: name,
    });
    expect(engine.memory).toEqual(before);
  });

  // GPT-2's outputs are its columns: such weights stay 8 bits, those with a scale for each row become floats.
  test.each([
    ["rows", Number.NaN],
    ["columns", Number.NaN],
    ["columns", Number.NEGATIVE_INFINITY],
  ] as const)("8-bit weights of which the last of the %s has the scale %d", async (channels, scale) => {
    const stored = inInt8(tensors, channels);
    const name = "transformer.h.0.mlp.c_fc.weight.scale";
    const { shape, data, ...rest } = stored.get(name)!;
    const scales = new Float32Array(data.slice().buffer).fill(scale, -1);
    stored.set(name, { ...rest, shape, data: new Uint8Array(scales.buffer) });
    const before = engine.memory;
    await expect(engine.load({ files: withTensors(stored) })).rejects.toMatchObject({
      code: "not-finite",
      detail: name,
    });
    expect(engine.memory).toEqual(before);
  });

  test("a file that changed since it was chosen, or a folder among the files", async () => {
    const unreadable = new (class extends File {
      override slice(): Blob {
        return {
          arrayBuffer: () => Promise.reject(new DOMException("changed", "NotReadableError")),
        } as unknown as Blob;
      }
    })([gpt2["config.json"]], "config.json");
    const files = [...asFiles(gpt2).filter(({ name }) => name !== "config.json"), unreadable];
    await expect(engine.inspect({ files })).rejects.toMatchObject({ code: "unreadable-file", detail: "config.json" });
  });
});
