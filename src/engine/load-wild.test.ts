import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { Engine } from "./engine.ts";
import { parseSafetensors, type TensorView, toFloat32 } from "./files/safetensors.ts";
import { describe as describeModel } from "./model-info.ts";
import { asFiles, type StoredTensor, writeSafetensors } from "./testing/folders.ts";

/** Folders as people have them: what `save_pretrained` and `save_model` leave, old names, files that stand for others. */

type Files = Record<string, Uint8Array<ArrayBuffer> | string>;

const FOLDERS = fileURLToPath(new URL("./testdata/folders", import.meta.url));
const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${"4d7a".repeat(16)}\nsize 548105171\n`;

let engine: Engine;
let gpt2: Files;
let bert: Files;

beforeAll(async () => {
  engine = await Engine.create(new URL("http://127.0.0.1:1/models/"), "cpu", () => {});
  [gpt2, bert] = [await readFolder("gpt2"), await readFolder("bert")];
});

async function readFolder(name: string): Promise<Files> {
  const read = async (file: string) => [file, new Uint8Array(await readFile(`${FOLDERS}/${name}/${file}`))] as const;
  return Object.fromEntries(await Promise.all(["config.json", "tokenizer.json", "model.safetensors"].map(read)));
}

function tensorsOf(folder: Files): Map<string, TensorView> {
  return parseSafetensors((folder["model.safetensors"] as Uint8Array<ArrayBuffer>).buffer);
}

/** A folder with other weights, or with other fields in config.json. */
function changed(folder: Files, tensors: ReadonlyMap<string, StoredTensor>, fields: object = {}): Files {
  const config = JSON.parse(new TextDecoder().decode(folder["config.json"] as Uint8Array));
  return {
    ...folder,
    "config.json": JSON.stringify({ ...config, ...fields }),
    "model.safetensors": writeSafetensors(tensors),
  };
}

function renamed(folder: Files, name: (old: string) => string): Map<string, StoredTensor> {
  return new Map([...tensorsOf(folder)].map(([old, tensor]) => [name(old), tensor]));
}

async function logitsOf(files: Files): Promise<Float32Array> {
  const model = await engine.load({ files: asFiles(files) });
  const tree = await engine.tree(model.id);
  const { logits } = await tree.append(null, [5, 17, 300]);
  tree.dispose();
  await engine.unload(model.id);
  return logits;
}

/** What a BERT makes of a masked text. */
async function guessesOf(files: Files): Promise<readonly Float32Array[]> {
  const model = await engine.load({ files: asFiles(files) });
  const { tokens } = await engine.calls.read(model.id, await engine.calls.encode(model.id, "春眠[MASK]觉晓"), {
    guesses: [0, 1, 2],
  });
  await engine.unload(model.id);
  return tokens;
}

async function endIdsOf(files: Files): Promise<readonly number[]> {
  const model = await engine.load({ files: asFiles(files) });
  await engine.unload(model.id);
  return model.kind === "checkpoint" && "endIds" in model.config ? model.config.endIds : [];
}

async function expectRefusal(files: Files, code: string, detail: string): Promise<void> {
  const failure = { code, detail: expect.stringContaining(detail) };
  await expect(engine.inspect({ files: asFiles(files) })).rejects.toMatchObject(failure);
  await expect(engine.load({ files: asFiles(files) })).rejects.toMatchObject(failure);
}

describe("tied weights", () => {
  const TABLE = "bert.embeddings.word_embeddings.weight";
  const HEAD = "cls.predictions.decoder.weight";

  test("of BERT's table and head one is enough, under either name, with and without prefix; of its bias, too", async () => {
    const expected = await guessesOf(bert);
    const headOnly = renamed(bert, (name) => (name === TABLE ? HEAD : name));
    expect(await guessesOf(changed(bert, headOnly))).toEqual(expected);
    const decoderBias = renamed(bert, (name) => name.replace("predictions.bias", "predictions.decoder.bias"));
    expect(await guessesOf(changed(bert, decoderBias))).toEqual(expected);
    const bare = renamed(bert, (name) => name.replace(/^bert\./, ""));
    expect(await guessesOf(changed(bert, bare))).toEqual(expected);
    await expectRefusal(changed(bert, headOnly, { tie_word_embeddings: false }), "missing-tensor", TABLE);
  });

  test("both of the two are one where they are equal, and two where they differ, whatever config.json says", async () => {
    const tensors = tensorsOf(gpt2);
    const table = tensors.get("transformer.wte.weight")!;
    const same = new Map<string, StoredTensor>([...tensors, ["lm_head.weight", table]]);
    expect(await logitsOf(changed(gpt2, same))).toEqual(await logitsOf(gpt2));
    const doubled = toFloat32(table).map((weight) => 2 * weight);
    const own = { ...table, data: new Uint8Array(doubled.buffer) };
    const two = new Map<string, StoredTensor>([...tensors, ["lm_head.weight", own]]);
    const [tied, untied] = [await logitsOf(changed(gpt2, two)), changed(gpt2, two, { tie_word_embeddings: false })];
    expect(tied).toEqual(await logitsOf(untied));
    expect(tied).not.toEqual(await logitsOf(gpt2));
  });
});

test("buffers of old versions, and tensors of any type that nobody asks for, are passed over", async () => {
  const tensors = new Map<string, StoredTensor>(tensorsOf(gpt2));
  tensors.set("transformer.h.0.attn.bias", { dtype: "BOOL", shape: [1, 1, 4, 4], data: new Uint8Array(16) });
  tensors.set("transformer.h.0.attn.masked_bias", { dtype: "F32", shape: [], data: new Uint8Array(4) });
  tensors.set("position_ids", { dtype: "I64", shape: [1, 2], data: new Uint8Array(16) });
  tensors.set("scales", { dtype: "F8_E4M3", shape: [3], data: new Uint8Array(3) });
  expect(await logitsOf(changed(gpt2, tensors))).toEqual(await logitsOf(gpt2));
  tensors.set("transformer.ln_f.bias", { dtype: "F8_E4M3", shape: [8], data: new Uint8Array(8) });
  await expectRefusal(changed(gpt2, tensors), "unsupported-model", "transformer.ln_f.bias 的数据类型 F8_E4M3");
});

test("weights in double precision are rounded", async () => {
  const doubles = [...tensorsOf(gpt2)].map(([name, tensor]): [string, StoredTensor] => {
    const data = new Uint8Array(Float64Array.from(toFloat32(tensor)).buffer);
    return [name, { dtype: "F64", shape: tensor.shape, data }];
  });
  expect(await logitsOf(changed(gpt2, new Map(doubles)))).toEqual(await logitsOf(gpt2));
});

test("more tokens than rows: the model opens, and a text with a token that it has no row for is refused", async () => {
  const json = JSON.parse(new TextDecoder().decode(gpt2["tokenizer.json"] as Uint8Array));
  const added = Array.from({ length: 80 }, (_, i) => ({ id: 320 + i, content: `<x${i}>`, special: true }));
  const tokenizer = JSON.stringify({ ...json, added_tokens: [...json.added_tokens, ...added] });
  const model = await engine.load({ files: asFiles({ ...gpt2, "tokenizer.json": tokenizer }) });
  if (model.kind !== "checkpoint") expect.fail("GPT-2 is one of ours");
  const { vocabulary, specialIds } = describeModel(model);
  expect(vocabulary).toHaveLength(384);
  expect(vocabulary.slice(-1)).toEqual(["<x63>"]);
  expect(Math.max(...specialIds)).toBe(383);
  expect((await engine.calls.encode(model.id, "<x63>")).ids).toEqual([383]);
  await expect(engine.calls.encode(model.id, "<x64>")).rejects.toMatchObject({
    code: "bad-input",
    detail: "「<x64>」的编号是 384，模型只有 384 个",
  });
  await engine.unload(model.id);
});

test.each<[what: string, config: object, generation: object | null, ends: readonly number[]]>([
  ["a list", { eos_token_id: [0, 5, 5, -1, 50256] }, null, [0, 5]],
  ["beyond the vocabulary", { eos_token_id: 50256 }, null, []],
  ["only in generation_config.json", { eos_token_id: null }, { eos_token_id: 7 }, [7]],
  ["others there than in config.json", { eos_token_id: 0 }, { eos_token_id: [3, 4] }, [3, 4]],
  ["not named there", { eos_token_id: 0 }, { bos_token_id: 0 }, [0]],
])("the tokens that end a text: %s", async (_, fields, generation, ends) => {
  const files = changed(gpt2, tensorsOf(gpt2), fields);
  const file: Files = generation ? { "generation_config.json": JSON.stringify(generation) } : {};
  expect(await endIdsOf({ ...files, ...file })).toEqual(ends);
});

test("numbers that only Python writes do no harm where nobody reads them", async () => {
  const config = new TextDecoder().decode(gpt2["config.json"] as Uint8Array);
  const odd = config.replace("{", '{"task": "NaN: \\"Infinity\\"", "penalty": Infinity, "weights": [NaN, -Infinity],');
  expect(await logitsOf({ ...gpt2, "config.json": odd })).toEqual(await logitsOf(gpt2));
});

describe("what cannot be opened is refused when the folder is inspected", () => {
  test.each(["config.json", "tokenizer.json", "model.safetensors", "generation_config.json"])(
    "%s is a pointer of Git LFS",
    async (file) => {
      await expectRefusal({ ...gpt2, [file]: POINTER }, "bad-file", `${file} 是 Git LFS 的指针`);
    },
  );

  test("so is an index, and weights for Transformers.js", async () => {
    const { "model.safetensors": _, ...rest } = gpt2;
    const index = "model.safetensors.index.json";
    await expectRefusal({ ...rest, [index]: POINTER }, "bad-file", `${index} 是 Git LFS 的指针`);
    const config = '{ "model_type": "distilbert", "architectures": ["DistilBertModel"] }';
    const foreign = { "config.json": config, "tokenizer.json": "{}", "tokenizer_config.json": "{}" };
    await expectRefusal({ ...foreign, "model.onnx": POINTER }, "bad-file", "model.onnx 是 Git LFS 的指针");
  });

  test.each<[missing: string, instead: string, says: string]>([
    ["model.safetensors", "pytorch_model.bin", "缺少 model.safetensors；有 pytorch_model.bin：这种格式这里不读"],
    ["model.safetensors", "tf_model.h5", "缺少 model.safetensors；有 tf_model.h5"],
    ["tokenizer.json", "vocab.txt", "缺少 tokenizer.json；有 vocab.txt：用 Python 写出 tokenizer.json"],
    ["config.json", "adapter_config.json", "缺少 config.json；有 adapter_config.json：这是适配器"],
  ])("%s is not there, but %s is", async (missing, instead, says) => {
    const { [missing]: _, ...rest } = gpt2;
    await expectRefusal({ ...rest, [instead]: "" }, "not-found", says);
  });

  test("a tokenizer of a kind unknown here", async () => {
    const json = JSON.parse(new TextDecoder().decode(gpt2["tokenizer.json"] as Uint8Array));
    const odd = JSON.stringify({ ...json, pre_tokenizer: { type: "UnicodeScripts" } });
    await expectRefusal({ ...gpt2, "tokenizer.json": odd }, "unsupported-model", "pre_tokenizer：UnicodeScripts");
  });

  test("heads of BERT that are not those of its names", async () => {
    const architectures = ["BertForTokenClassification"];
    await expectRefusal(changed(bert, tensorsOf(bert), { architectures }), "unsupported-model", architectures[0]!);
    const tensors = new Map<string, StoredTensor>(tensorsOf(bert));
    for (const name of [...tensors.keys()]) if (/pooler|seq_relationship/.test(name)) tensors.delete(name);
    tensors.set("classifier.weight", { dtype: "F32", shape: [2, 16], data: new Uint8Array(128) });
    tensors.set("classifier.bias", { dtype: "F32", shape: [2], data: new Uint8Array(8) });
    await expectRefusal(changed(bert, tensors), "unsupported-model", "没有 pooler 的分类头");
  });
});
