import { describe, expect, test } from "vitest";
import { inspectFolder } from "../models/inspect.ts";
import type { ModelFolder } from "./folder.ts";

type Config = Readonly<Record<string, unknown>>;

/** What every export for Transformers.js has beside its ONNX files. */
const TEXTS = ["config.json", "tokenizer.json", "tokenizer_config.json"];
const SINGLE = ["onnx/model.onnx", "onnx/model_quantized.onnx"];
const DOUBLE = ["encoder_model", "decoder_model_merged"].flatMap((part) => [
  `onnx/${part}.onnx`,
  `onnx/${part}_quantized.onnx`,
]);

/** A folder with these files, each as long as its path and of zeros; of the whole ones only config.json can be read. */
function folderOf(config: Config, paths: readonly string[]): ModelFolder {
  const json = new TextEncoder().encode(JSON.stringify(config));
  const refuse = (path: string): never => {
    throw new Error(`${path} was read`);
  };
  return {
    title: "test",
    stat: async (path) => (paths.includes(path) ? { bytes: path.length, sha256: null } : null),
    slice: async (path, begin, end) => (path.endsWith(".safetensors") ? refuse(path) : new Uint8Array(end - begin)),
    read: async (path) => (path === "config.json" ? json.buffer : refuse(path)),
  };
}

function inspect(config: Config, paths: readonly string[]) {
  return inspectFolder(folderOf(config, paths));
}

const DISTILBERT = {
  activation: "gelu",
  architectures: ["DistilBertForSequenceClassification"],
  dim: 768,
  id2label: { 0: "NEGATIVE", 1: "POSITIVE" },
  model_type: "distilbert",
  n_heads: 12,
  n_layers: 6,
  vocab_size: 30522,
};
const MARIAN = {
  _num_labels: 3,
  architectures: ["MarianMTModel"],
  bad_words_ids: [[65000]],
  d_model: 512,
  decoder_start_token_id: 65000,
  decoder_vocab_size: 65001,
  is_encoder_decoder: true,
  model_type: "marian",
  num_hidden_layers: 6,
  vocab_size: 65001,
};
const BART_MNLI = {
  architectures: ["BartForSequenceClassification"],
  d_model: 1024,
  id2label: { 0: "contradiction", 1: "neutral", 2: "entailment" },
  is_encoder_decoder: true,
  model_type: "bart",
};
const QWEN = { architectures: ["Qwen2ForCausalLM"], hidden_size: 896, model_type: "qwen2", tie_word_embeddings: true };

function seq2seq(type: string, name: string): Config {
  return { architectures: [name], is_encoder_decoder: true, model_type: type, vocab_size: 32128 };
}

function encoder(type: string, name: string): Config {
  return { architectures: [name], hidden_size: 768, model_type: type, vocab_size: 50265 };
}

describe("the task is that of the class in config.json, with its files", () => {
  test.each<[what: string, config: Config, task: string]>([
    ["sentiment", DISTILBERT, "text-classification"],
    ["entailment with an encoder and a decoder in one file", BART_MNLI, "text-classification"],
    ["names", encoder("bert", "BertForTokenClassification"), "token-classification"],
    ["questions", encoder("roberta", "RobertaForQuestionAnswering"), "question-answering"],
    ["masks", encoder("xlm-roberta", "XLMRobertaForMaskedLM"), "fill-mask"],
    [
      "masks, by the class of XLM",
      { architectures: ["XLMWithLMHeadModel"], model_type: "xlm", n_words: 64139 },
      "fill-mask",
    ],
    ["sentence vectors", encoder("bert", "BertModel"), "feature-extraction"],
    ["writing", QWEN, "text-generation"],
    [
      "writing, by the class of GPT-2",
      { architectures: ["GPT2LMHeadModel"], model_type: "gpt2", n_embd: 768 },
      "text-generation",
    ],
  ])("%s", async (_, config, task) => {
    const report = await inspect(config, [...TEXTS, ...SINGLE]);
    expect(report.pipeline).toEqual({ task, dtype: "q8" });
    expect(report.architecture).toBe(config.model_type);
    expect(report.files.map(({ path }) => path)).toEqual([...TEXTS, "onnx/model_quantized.onnx"]);
  });

  test.each<[type: string, name: string, task: string]>([
    ["marian", "MarianMTModel", "translation"],
    ["m2m_100", "M2M100ForConditionalGeneration", "translation"],
    ["mbart", "MBartForConditionalGeneration", "translation"],
    ["t5", "T5ForConditionalGeneration", "text2text-generation"],
    ["mt5", "MT5ForConditionalGeneration", "text2text-generation"],
    ["longt5", "LongT5ForConditionalGeneration", "text2text-generation"],
    ["bart", "BartForConditionalGeneration", "text2text-generation"],
    ["blenderbot", "BlenderbotForConditionalGeneration", "text2text-generation"],
    ["blenderbot-small", "BlenderbotSmallForConditionalGeneration", "text2text-generation"],
  ])("%s (%s), in two files: %s", async (type, name, task) => {
    const report = await inspect(seq2seq(type, name), [...TEXTS, ...DOUBLE]);
    expect(report.pipeline).toEqual({ task, dtype: "q8" });
    const onnx = ["onnx/encoder_model_quantized.onnx", "onnx/decoder_model_merged_quantized.onnx"];
    expect(report.files.map(({ path }) => path)).toEqual([...TEXTS, ...onnx]);
  });
});

describe("of several exports one is chosen", () => {
  test("8-bit weights before the full ones; all that is read counts, memory only for the weights", async () => {
    const files = [...TEXTS, "generation_config.json", "onnx/model_quantized.onnx"];
    const report = await inspect(QWEN, [...files, "onnx/model.onnx", "onnx/model_fp16.onnx", "README.md"]);
    expect(report).toEqual({
      title: "test",
      architecture: "qwen2",
      pipeline: { task: "text-generation", dtype: "q8" },
      files: files.map((path) => ({ path, bytes: path.length })),
      bytes: files.join("").length,
      parameters: null,
      dtypes: ["q8"],
      memoryBytes: "onnx/model_quantized.onnx".length,
      largestBytes: 0,
      contextLength: null,
    });
  });

  test("the full weights where there are no others, and where only one of the two files has 8 bits", async () => {
    expect((await inspect(DISTILBERT, [...TEXTS, "onnx/model.onnx"])).pipeline?.dtype).toBe("fp32");
    const half = DOUBLE.filter((path) => path !== "onnx/decoder_model_merged_quantized.onnx");
    const report = await inspect(MARIAN, [...TEXTS, ...half]);
    expect(report.pipeline).toEqual({ task: "translation", dtype: "fp32" });
    const onnx = ["onnx/encoder_model.onnx", "onnx/decoder_model_merged.onnx"];
    expect(report.files.map(({ path }) => path)).toEqual([...TEXTS, ...onnx]);
  });
});

describe("weights beside an ONNX file, which would not hold them", () => {
  const withData = (config: Config, declared: unknown): Config => ({
    ...config,
    "transformers.js_config": { kv_cache_dtype: { fp16: "float16" }, use_external_data_format: declared },
  });
  const onnxOf = async (config: Config, paths: readonly string[]) => {
    const { files, memoryBytes } = await inspect(config, [...TEXTS, ...paths]);
    const onnx = files.map(({ path }) => path).filter((path) => path.startsWith("onnx/"));
    expect(memoryBytes).toBe(onnx.join("").length);
    return onnx;
  };

  test.each<[what: string, declared: unknown, data: number]>([
    ["one for the file by its name", { "model.onnx": true, "model_fp16.onnx": true }, 1],
    ["several", { "model.onnx": 3 }, 3],
    ["by the name that all its exports share", { model: 2 }, 2],
    ["one for every file", true, 1],
    ["none for this file", { "model_q4.onnx": 1 }, 0],
    ["none", false, 0],
  ])("%s", async (_, declared, data) => {
    const all = ["onnx/model.onnx", "onnx/model.onnx_data", "onnx/model.onnx_data_1", "onnx/model.onnx_data_2"];
    expect(await onnxOf(withData(QWEN, declared), all)).toEqual(all.slice(0, 1 + data));
  });

  test("of one of two files", async () => {
    const onnx = ["onnx/encoder_model.onnx", "onnx/decoder_model_merged.onnx", "onnx/encoder_model.onnx_data"];
    expect(await onnxOf(withData(MARIAN, { "encoder_model.onnx": 1 }), onnx)).toEqual(onnx);
  });

  test("one that is missing is named: Transformers.js would wait for it for ever", async () => {
    await expect(
      inspect(withData(QWEN, { "model.onnx": 2 }), [...TEXTS, "onnx/model.onnx", "onnx/model.onnx_data"]),
    ).rejects.toMatchObject({ code: "not-found", message: "找不到模型文件（缺少 onnx/model.onnx_data_1）" });
  });

  test.each([-1, 1.5, 101, "many", { "model.onnx": 1e9 }])("a number that cannot be: %j", async (declared) => {
    await expect(inspect(withData(QWEN, declared), [...TEXTS, "onnx/model.onnx"])).rejects.toMatchObject({
      code: "bad-file",
      message:
        "模型文件的内容不符合格式（config.json: transformers.js_config: use_external_data_format 应是不大于 100 的个数）",
    });
  });
});

describe("what cannot run is refused before anything is downloaded", () => {
  const unknown = (detail: string) => ["unsupported-model", `引擎还不认识这种模型结构（${detail}）`] as const;
  const noOnnx = (type: string) =>
    unknown(`model_type 是 ${type}；能运行的是 gpt2、bert、t5、mt5，和带 ONNX 文件的其他文本模型`);
  const missing = (paths: string) => ["not-found", `找不到模型文件（缺少 ${paths}）`] as const;
  const clip = { architectures: ["CLIPModel"], model_type: "clip", text_config: {}, vision_config: {} };
  const wav2vec2 = { architectures: ["Wav2Vec2ForSequenceClassification"], model_type: "wav2vec2", vocab_size: 32 };

  test.each<[what: string, config: Config, paths: readonly string[], refusal: readonly [code: string, text: string]]>([
    ["no ONNX", QWEN, [...TEXTS, "model.safetensors"], noOnnx("qwen2")],
    ["ONNX in 4 bits alone", QWEN, [...TEXTS, "onnx/model_q4.onnx"], noOnnx("qwen2")],
    [
      "an encoder without the decoder",
      MARIAN,
      [...TEXTS, ...DOUBLE.filter((path) => path.includes("encoder_model"))],
      noOnnx("marian"),
    ],
    [
      "a decoder in two files, as older exports have it",
      MARIAN,
      [...TEXTS, "onnx/encoder_model.onnx", "onnx/decoder_model.onnx", "onnx/decoder_with_past_model.onnx"],
      noOnnx("marian"),
    ],
    [
      "a model that hears",
      seq2seq("whisper", "WhisperForConditionalGeneration"),
      [...TEXTS, ...DOUBLE],
      noOnnx("whisper"),
    ],
    [
      "a model that sees and writes",
      seq2seq("vision-encoder-decoder", "VisionEncoderDecoderModel"),
      [...TEXTS, ...DOUBLE, "preprocessor_config.json"],
      noOnnx("vision-encoder-decoder"),
    ],
    ["pictures and texts", clip, [...TEXTS, ...SINGLE, "preprocessor_config.json"], unknown("clip：要读图像或声音")],
    [
      "a classifier of sounds",
      wav2vec2,
      [...TEXTS, ...SINGLE, "preprocessor_config.json"],
      unknown("wav2vec2：要读图像或声音"),
    ],
    [
      "a classifier of pictures",
      { architectures: ["ViTForImageClassification"], image_size: 224, model_type: "vit" },
      ["config.json", ...SINGLE, "preprocessor_config.json"],
      unknown("vit：ViTForImageClassification"),
    ],
    ["no class", { model_type: "roberta" }, [...TEXTS, ...SINGLE], unknown("roberta：没有写明 architectures")],
    ["no tokenizer", DISTILBERT, ["config.json", ...SINGLE], missing("tokenizer.json、tokenizer_config.json")],
    ["half a tokenizer", DISTILBERT, [...TEXTS.slice(0, 2), ...SINGLE], missing("tokenizer_config.json")],
    ["no config", DISTILBERT, [...TEXTS.slice(1), ...SINGLE], missing("config.json、model.safetensors")],
    [
      "no kind",
      { architectures: ["RobertaModel"] },
      [...TEXTS, ...SINGLE],
      ["bad-file", "模型文件的内容不符合格式（config.json: model_type 缺少）"],
    ],
    [
      "classes that are no list",
      { ...DISTILBERT, architectures: "DistilBertForSequenceClassification" },
      [...TEXTS, ...SINGLE],
      ["bad-file", "模型文件的内容不符合格式（config.json: architectures 应是数组）"],
    ],
  ])("%s", async (_, config, paths, [code, message]) => {
    await expect(inspect(config, paths)).rejects.toMatchObject({ code, message });
  });
});

test("a GPT-2 or BERT with weights of its own is left to the engine, whatever ONNX files lie beside them", async () => {
  const config = { architectures: ["BertForMaskedLM"], model_type: "bert", vocab_size: 10 };
  // The tokenizer is what the engine reads next.
  await expect(inspect(config, [...TEXTS, ...SINGLE, "model.safetensors"])).rejects.toThrow("tokenizer.json was read");
});
