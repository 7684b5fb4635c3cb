import { EngineError, fetched } from "../errors.ts";
import { findWeights, readHeaders } from "../files/checkpoint.ts";
import { type ModelConfig, parseAnyConfig } from "../files/config.ts";
import type { ModelFolder } from "../files/folder.ts";
import { GENERATION_FILE, withGeneration } from "../files/generation.ts";
import { describeMissing } from "../files/instead.ts";
import { JsonObject, parseJson } from "../files/json.ts";
import { expectNoPointer, LARGEST_POINTER } from "../files/lfs.ts";
import type { ModelReport } from "../files/report.ts";
import type { TensorInfo } from "../files/safetensors.ts";
import { packedFormat } from "../files/take-tensor.ts";
import { withTwins } from "../files/tied.ts";
import { Tokenizer } from "../files/tokenizer.ts";
import { WeightBuilder } from "../nn/weights.ts";
import type { Parameter } from "../tensor/parameters.ts";
import { sizeOf } from "../tensor/tape.ts";
import { bertWeights, expectHeads, headsOf, storedBertName } from "./bert-weights.ts";
import { gpt2Weights, outputAxis, storedGpt2Name } from "./gpt2-weights.ts";

type Headers = ReadonlyMap<string, Pick<TensorInfo, "shape" | "dtype">>;

/** How an architecture asks for its weights, and has them in files. */
interface Layout {
  /** Asks for all of them. */
  ask(weights: WeightBuilder): void;
  /** The name under which a file has one of them. */
  stored(name: string): string;
  /** Along which axis a layer's outputs lie; null where a matrix becomes floats in any case. */
  outputs(name: string): "rows" | "columns" | null;
}

async function layoutOf(config: ModelConfig, tensors: Headers): Promise<Layout> {
  switch (config.architecture) {
    case "gpt2":
      return {
        ask: (weights) => gpt2Weights(weights, config),
        stored: (name) => storedGpt2Name(tensors, name, config),
        outputs: outputAxis,
      };
    case "bert":
      return {
        ask: (weights) => bertWeights(weights, config, expectHeads(headsOf(tensors))),
        stored: (name) => storedBertName(tensors, name),
        outputs: () => "rows",
      };
    case "t5": {
      const { hasTiedHead, staysPacked, storedT5Name, t5Weights } = await fetched("T5", import("./t5-weights.ts"));
      return {
        ask: (weights) => t5Weights(weights, config, hasTiedHead(tensors)),
        stored: (name) => storedT5Name(tensors, name),
        outputs: (name) => (staysPacked(name) ? "rows" : null),
      };
    }
  }
}

/** What a weight takes while the model is in use, in bytes. Errors as in `packedFormat`. */
function bytesInUse(
  name: string,
  tensor: Pick<TensorInfo, "shape" | "dtype">,
  tensors: ReadonlyMap<string, Pick<TensorInfo, "shape">>,
  outputs: "rows" | "columns" | null,
): number {
  const numbers = sizeOf(tensor.shape);
  switch (outputs && packedFormat(name, tensor, tensors, outputs)) {
    case "f16":
      return 2 * numbers;
    case "i8":
      return numbers + 4 * tensor.shape[outputs === "rows" ? 0 : 1]!;
    case null:
      return 4 * numbers;
  }
}

/**
 * Reads a folder's small files and the headers of its weights, and checks that the weights are what config.json promises.
 *
 * @throws EngineError as `ModelFolder.stat`, `slice` and `read`; `not-found`, naming every file that is missing; `unsupported-model`, `bad-file`,
 * `truncated`, `missing-tensor`, `wrong-shape`, `network`
 */
export async function inspectFolder(folder: ModelFolder, signal?: AbortSignal): Promise<ModelReport> {
  const json = await readConfig(folder, signal);
  const [tokenizer, weights] = await Promise.all([folder.stat("tokenizer.json", signal), findWeights(folder, signal)]);
  const config = json === null ? null : new JsonObject(json, "config.json");
  const ours = config !== null && ["gpt2", "bert", "t5", "mt5"].includes(config.string("model_type"));
  if (config && !(ours && weights)) {
    const { pipelinePlan } = await fetched("pipelinePlan", import("../files/pipeline-plan.ts"));
    const plan = await pipelinePlan(folder, config, signal);
    if (plan) {
      await expectNoPointers(folder, plan.files, signal);
      return { title: folder.title, ...plan };
    }
  }

  // A model of a kind that cannot run is not made to run by adding files: that is said first.
  if (config && !ours) {
    const detail = `model_type 是 ${config.string("model_type")}；能运行的是 gpt2、bert、t5、mt5，和带 ONNX 文件的其他文本模型`;
    throw new EngineError("unsupported-model", detail);
  }
  const parsed = config && (await parseAnyConfig(json));
  const missing = [
    ...(config ? [] : ["config.json"]),
    ...(tokenizer ? [] : ["tokenizer.json"]),
    ...(weights ? [] : ["model.safetensors"]),
  ];
  if (!parsed || !tokenizer || !weights) {
    throw new EngineError("not-found", await describeMissing(folder, missing, signal));
  }
  // A tokenizer is small beside the weights, and whether it can be read is known only by reading it.
  new Tokenizer(parseJson(await folder.read("tokenizer.json", { signal }), "tokenizer.json"));
  const generation = mayHaveGeneration(parsed, config, folder) && (await folder.stat(GENERATION_FILE, signal)) !== null;
  if (generation) withGeneration(parsed, parseJson(await folder.read(GENERATION_FILE, { signal }), GENERATION_FILE));
  const tensors = withTwins(parsed, await readHeaders(folder, weights, signal));
  const measured = await weightsInUse(parsed, tensors);
  const small = ["config.json", "tokenizer.json", ...(generation ? [GENERATION_FILE] : [])];
  const paths = [...small, ...(weights.index ? [weights.index] : []), ...weights.shards];
  const files = await Promise.all(
    paths.map(async (path) => ({ path, bytes: (await folder.stat(path, signal))?.bytes ?? 0 })),
  );
  return {
    title: folder.title,
    architecture: config.string("model_type"),
    pipeline: null,
    files,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    ...measured,
    contextLength: parsed.contextLength,
  };
}

/** Whether to look for a file of settings for writing: transformers writes one since it writes its version; others have one at most for an end that config.json lacks. */
function mayHaveGeneration(parsed: ModelConfig, config: JsonObject | null, { remote }: ModelFolder): boolean {
  if (!("endIds" in parsed)) return false;
  return !remote || parsed.endIds.length === 0 || config?.has("transformers_version") === true;
}

/** Weights of other formats are not looked into before they are fetched; what stands in their place is. */
async function expectNoPointers(folder: ModelFolder, files: ModelReport["files"], signal?: AbortSignal): Promise<void> {
  for (const { path, bytes } of files) {
    if (bytes < LARGEST_POINTER) expectNoPointer(await folder.slice(path, 0, bytes, signal), path);
  }
}

async function readConfig(folder: ModelFolder, signal?: AbortSignal): Promise<unknown> {
  if (!(await folder.stat("config.json", signal))) return null;
  return parseJson(await folder.read("config.json", { signal }), "config.json");
}

/**
 * What the weights take in use: 32-bit floats, but for the matrices that stay as their file has them (`packedFormat`).
 *
 * Lets the model ask for all its weights, and holds what it asks for against what the files have. Nothing is allocated.
 * @throws EngineError `missing-tensor`, `wrong-shape`; `unsupported-model` for weights of another type; `network`
 */
export async function weightsInUse(
  config: ModelConfig,
  tensors: Headers,
): Promise<Pick<ModelReport, "parameters" | "dtypes" | "memoryBytes" | "largestBytes">> {
  const { ask, stored: storedName, outputs } = await layoutOf(config, tensors);
  let numbers = 0;
  let memoryBytes = 0;
  let largestBytes = 0;
  const dtypes = new Set<string>();
  const parameters = {
    add: (name: string, shape: readonly number[]): Parameter => {
      const stored = storedName(name);
      const tensor = tensors.get(stored);
      if (!tensor) throw new EngineError("missing-tensor", name);
      if (tensor.shape.join() !== shape.join()) {
        throw new EngineError("wrong-shape", `${name}：文件里是 [${tensor.shape}]，应当是 [${shape}]`);
      }
      if (!["F64", "F32", "F16", "BF16", "I8"].includes(tensor.dtype)) {
        throw new EngineError("unsupported-model", `${name} 的数据类型 ${tensor.dtype}`);
      }
      const bytes = bytesInUse(stored, tensor, tensors, outputs(name));
      numbers += sizeOf(shape);
      memoryBytes += bytes;
      largestBytes = Math.max(largestBytes, bytes);
      dtypes.add(tensor.dtype);
      return { name, shape, storage: { length: sizeOf(shape) }, gradient: null };
    },
    dispose: () => {},
  };
  ask(new WeightBuilder(parameters, () => new Float32Array(0)));
  return { parameters: numbers, memoryBytes, largestBytes, dtypes: [...dtypes].sort() };
}
