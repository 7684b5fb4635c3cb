import { EngineError } from "../errors.ts";
import type { ModelFolder } from "./folder.ts";
import type { ModelReport } from "./inspect.ts";
import type { JsonObject } from "./json.ts";

/** How Transformers.js is to open a model that our engine does not know. */
export interface PipelinePlan {
  /** Name of the pipeline, such as `translation`. */
  readonly task: string;
  /** Which of the folder's ONNX files: 8-bit weights, or the full ones. */
  readonly dtype: "q8" | "fp32";
}

/** Endings of the class that config.json names, and what such a model does. */
const TASKS: readonly (readonly [ending: string, task: string])[] = [
  ["ForSequenceClassification", "text-classification"],
  ["ForTokenClassification", "token-classification"],
  ["ForQuestionAnswering", "question-answering"],
  ["ForMaskedLM", "fill-mask"],
  ["MTModel", "translation"],
  ["ForConditionalGeneration", "text2text-generation"],
  ["ForCausalLM", "text-generation"],
  ["LMHeadModel", "text-generation"],
  ["Model", "feature-extraction"],
];
/** Models of the class `…ForConditionalGeneration` that were made to translate. */
const TRANSLATORS = ["m2m_100", "mbart", "nllb"];

const SUFFIXES = { q8: "_quantized", fp32: "" } as const;

/**
 * What loading the folder with Transformers.js takes: the smaller one of its ONNX exports, under the names of the hub (`onnx/model.onnx`, …).
 * @returns null if the folder has no ONNX export
 * @throws EngineError `unsupported-model` for models that do not work on text; as `ModelFolder.stat`
 */
export async function pipelinePlan(
  folder: ModelFolder,
  config: JsonObject,
  signal?: AbortSignal,
): Promise<Omit<ModelReport, "title"> | null> {
  const parts = config.boolean("is_encoder_decoder", false) ? ["encoder_model", "decoder_model_merged"] : ["model"];
  for (const dtype of ["q8", "fp32"] as const) {
    const onnx = await sizesOf(
      folder,
      parts.map((part) => `onnx/${part}${SUFFIXES[dtype]}.onnx`),
      signal,
    );
    if (onnx.length < parts.length) continue;
    const task = taskOf(config);
    const texts = await sizesOf(folder, ["config.json", "tokenizer.json", "tokenizer_config.json"], signal);
    const extras = await sizesOf(folder, ["generation_config.json"], signal);
    const missing = ["tokenizer.json", "tokenizer_config.json"].filter(
      (path) => !texts.some((file) => file.path === path),
    );
    if (missing.length > 0) throw new EngineError("not-found", `缺少 ${missing.join("、")}`);
    const files = [...texts, ...extras, ...onnx];
    const sum = (all: typeof files): number => all.reduce((total, { bytes }) => total + bytes, 0);
    return {
      architecture: config.string("model_type"),
      pipeline: { task, dtype },
      files,
      bytes: sum(files),
      parameters: null,
      dtypes: [dtype],
      memoryBytes: sum(onnx),
      largestBytes: 0,
      contextLength: null,
    };
  }
  return null;
}

function taskOf(config: JsonObject): string {
  const type = config.string("model_type");
  const [name = ""] = config.strings("architectures");
  const found = TASKS.find(([ending]) => name.endsWith(ending))?.[1];
  if (!found) throw new EngineError("unsupported-model", `${type}：${name || "没有写明 architectures"}`);
  return found === "text2text-generation" && TRANSLATORS.includes(type) ? "translation" : found;
}

/** Those of the files that the folder has. */
async function sizesOf(folder: ModelFolder, paths: readonly string[], signal?: AbortSignal) {
  const specs = await Promise.all(
    paths.map(async (path) => ({ path, bytes: (await folder.stat(path, signal))?.bytes ?? null })),
  );
  return specs.flatMap(({ path, bytes }) => (bytes === null ? [] : [{ path, bytes }]));
}
