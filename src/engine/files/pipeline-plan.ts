import { EngineError } from "../errors.ts";
import type { ModelFolder } from "./folder.ts";
import type { JsonObject } from "./json.ts";
import type { ModelReport } from "./report.ts";

/** Endings of the class that config.json names, and what such a model does; the first that fits counts. */
const TASKS: readonly (readonly [ending: string, task: string])[] = [
  ["ForSequenceClassification", "text-classification"],
  ["ForTokenClassification", "token-classification"],
  ["ForQuestionAnswering", "question-answering"],
  ["ForMaskedLM", "fill-mask"],
  ["XLMWithLMHeadModel", "fill-mask"],
  ["MTModel", "translation"],
  ["ForCausalLM", "text-generation"],
  ["LMHeadModel", "text-generation"],
  ["Model", "feature-extraction"],
];
/** Models of the class `…ForConditionalGeneration` that turn text into text; the others of that class hear or see. */
const TEXT_TO_TEXT: ReadonlyMap<string, string> = new Map([
  ["t5", "text2text-generation"],
  ["longt5", "text2text-generation"],
  ["mt5", "text2text-generation"],
  ["bart", "text2text-generation"],
  ["blenderbot", "text2text-generation"],
  ["blenderbot-small", "text2text-generation"],
  ["mbart", "translation"],
  ["m2m_100", "translation"],
]);
/** Tasks of models in two files: one reads the text, one writes the other text. */
const IN_TWO_FILES = ["translation", "text2text-generation"];

const SUFFIXES = { q8: "_quantized", fp32: "" } as const;
/** Transformers.js takes no more for one ONNX file. */
const MAX_DATA_FILES = 100;

/**
 * What loading the folder with Transformers.js takes: the smaller one of its ONNX exports, under the names of the hub (`onnx/model.onnx`, …).
 * @returns null if the folder has no ONNX export
 * @throws EngineError `unsupported-model` for models that do not work on text; `not-found`, naming what the export lacks; as `ModelFolder.stat`
 */
export async function pipelinePlan(
  folder: ModelFolder,
  config: JsonObject,
  signal?: AbortSignal,
): Promise<Omit<ModelReport, "title"> | null> {
  const architecture = config.string("model_type");
  const [name = ""] = config.strings("architectures");
  const task = taskOf(architecture, name);
  const parts = task !== null && IN_TWO_FILES.includes(task) ? ["encoder_model", "decoder_model_merged"] : ["model"];
  for (const dtype of ["q8", "fp32"] as const) {
    const names = parts.map((part) => `${part}${SUFFIXES[dtype]}.onnx`);
    const graphs = await sizesOf(folder, names.map(inOnnx), signal);
    if (graphs.length < parts.length) continue;
    if (task === null)
      throw new EngineError("unsupported-model", `${architecture}：${name || "没有写明 architectures"}`);
    if (await folder.stat("preprocessor_config.json", signal)) {
      throw new EngineError("unsupported-model", `${architecture}：要读图像或声音`);
    }
    const dataNames = parts.flatMap((part, i) => dataFiles(config, names[i]!, part)).map(inOnnx);
    const needed = ["config.json", "tokenizer.json", "tokenizer_config.json"];
    const texts = await sizesOf(folder, [...needed, "generation_config.json"], signal);
    const data = await sizesOf(folder, dataNames, signal);
    const onnx = [...graphs, ...data];
    const files = [...texts, ...onnx];
    const missing = [...needed, ...dataNames].filter((path) => !files.some((file) => file.path === path));
    if (missing.length > 0) throw new EngineError("not-found", `缺少 ${missing.join("、")}`);
    const sum = (all: typeof files): number => all.reduce((total, { bytes }) => total + bytes, 0);
    return {
      architecture,
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

/** Null for a class that does not work on text. */
function taskOf(type: string, name: string): string | null {
  if (name.endsWith("ForConditionalGeneration")) return TEXT_TO_TEXT.get(type) ?? null;
  return TASKS.find(([ending]) => name.endsWith(ending))?.[1] ?? null;
}

/**
 * Files beside an ONNX file in which its weights are, as it can hold no more than 2 GB itself. How many there are, config.json says, for all ONNX
 * files or for some by their names; Transformers.js waits for ever for one that does not come.
 * @throws EngineError `bad-file` for a number that cannot be
 */
function dataFiles(config: JsonObject, file: string, part: string): string[] {
  const settings = config.has("transformers.js_config") ? config.object("transformers.js_config") : null;
  const declared = settings?.value("use_external_data_format") ?? 0;
  const byName = typeof declared === "object" ? new Map<string, unknown>(Object.entries(declared)) : null;
  const count = Number(byName ? (byName.get(file) ?? byName.get(part) ?? 0) : declared);
  if (!Number.isInteger(count) || count < 0 || count > MAX_DATA_FILES) {
    settings?.fail("use_external_data_format", `应是不大于 ${MAX_DATA_FILES} 的个数`);
  }
  return Array.from({ length: count }, (_, i) => `${file}_data${i === 0 ? "" : `_${i}`}`);
}

function inOnnx(name: string): string {
  return `onnx/${name}`;
}

/** Those of the files that the folder has. */
async function sizesOf(folder: ModelFolder, paths: readonly string[], signal?: AbortSignal) {
  const specs = await Promise.all(
    paths.map(async (path) => ({ path, bytes: (await folder.stat(path, signal))?.bytes ?? null })),
  );
  return specs.flatMap(({ path, bytes }) => (bytes === null ? [] : [{ path, bytes }]));
}
