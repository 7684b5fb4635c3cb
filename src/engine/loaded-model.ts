import type { Backend } from "./backends/backend.ts";
import { EngineError, fetched } from "./errors.ts";
import type { ModelConfig } from "./files/config.ts";
import type { ParsedModel } from "./files/loader.ts";
import type { ManifestEntry } from "./files/manifest.ts";
import type { PipelineModel } from "./files/pipeline.ts";
import type { ModelReport } from "./files/report.ts";
import type { Tokenizer } from "./files/tokenizer.ts";
import { Bert } from "./models/bert.ts";
import { Gpt2 } from "./models/gpt2.ts";
import type { T5 } from "./models/t5.ts";
import type { SharedLoads } from "./shared-loads.ts";

/** A model that the engine runs itself. */
export interface Checkpoint {
  readonly kind: "checkpoint";
  /** The name under which it is loaded, for every method that takes one. */
  readonly id: string;
  readonly report: ModelReport;
  /** What the manifest says of it, where the site ships it. */
  readonly entry: ManifestEntry | null;
  readonly config: ModelConfig;
  readonly tokenizer: Tokenizer;
  /** Every name that a trace of it may ask for. */
  readonly traceNames: readonly string[];
}

/** A model that Transformers.js runs. */
export interface LoadedPipeline {
  readonly kind: "pipeline";
  readonly id: string;
  readonly report: ModelReport;
  readonly pipeline: PipelineModel;
}

type Network = Gpt2 | Bert | T5;

/** Builds the network of these weights. @throws EngineError as `Gpt2.open`, `Bert.open` and `T5.open` */
type OpenNetwork = (backend: Backend, tensors: ParsedModel["tensors"]) => Network;

/** What the engine knows of it besides. */
export interface LoadedCheckpoint extends Checkpoint {
  readonly open: OpenNetwork;
  /** Null once it is unloaded. */
  network: Network | null;
  /** Kept while a GPU computes, which may be lost; null on the CPU. */
  tensors: ParsedModel["tensors"] | null;
}

/** All models that are loaded or loading, by the names under which they are loaded. */
export type LoadedModels = SharedLoads<LoadedCheckpoint | LoadedPipeline>;

/** A model that the engine runs itself. @throws EngineError `not-found` if it is not loaded, or is none */
export async function checkpointOf(models: LoadedModels, id: string): Promise<LoadedCheckpoint> {
  const model = await models.peek(id);
  if (model?.kind !== "checkpoint") throw new EngineError("not-found", id);
  return model;
}

/** A model that Transformers.js runs. @throws EngineError `not-found` if it is not loaded, or is none */
export async function pipelineOf(models: LoadedModels, id: string): Promise<PipelineModel> {
  const model = await models.peek(id);
  if (model?.kind !== "pipeline") throw new EngineError("not-found", id);
  return model.pipeline;
}

/** What builds networks of a shape: few pages have a T5, whose code is fetched with the first. @throws EngineError `network` */
export async function networkOpener(config: ModelConfig): Promise<OpenNetwork> {
  switch (config.architecture) {
    case "gpt2":
      return (backend, tensors) => Gpt2.open(backend, config, tensors);
    case "bert":
      return (backend, tensors) => Bert.open(backend, config, tensors);
    case "t5": {
      const { T5 } = await fetched("T5", import("./models/t5.ts"));
      return (backend, tensors) => T5.open(backend, config, tensors);
    }
  }
}

/**
 * A model's network on the backend in use, built anew if it is still on one that was lost.
 * @throws EngineError `not-found` if it was unloaded; as `OpenNetwork`
 */
export function networkOf(model: LoadedCheckpoint, backend: Backend): Network {
  if (!model.network) throw new EngineError("not-found", model.id);
  if (model.tensors && model.network.parameters.backend !== backend) {
    model.network = model.open(backend, model.tensors);
    model.tensors = null;
  }
  return model.network;
}

/** As `networkOf`. @throws EngineError `bad-input` if it is no GPT-2 */
export function gpt2Of(model: LoadedCheckpoint, backend: Backend): Gpt2 {
  const network = networkOf(model, backend);
  if (network instanceof Gpt2) return network;
  throw new EngineError("bad-input", `${model.report.title} 不是逐个词元写字的模型`);
}

/** As `networkOf`. @throws EngineError `bad-input` if it is no BERT */
export function bertOf(model: LoadedCheckpoint, backend: Backend): Bert {
  const network = networkOf(model, backend);
  if (network instanceof Bert) return network;
  throw new EngineError("bad-input", `${model.report.title} 不是读整段文字的模型`);
}

/** As `networkOf`. @throws EngineError `bad-input` if it is no T5 */
export function t5Of(model: LoadedCheckpoint, backend: Backend): T5 {
  const network = networkOf(model, backend);
  // Its class is not here to be asked for.
  if ("decode" in network) return network;
  throw new EngineError("bad-input", `${model.report.title} 不是把一段文字变成另一段的模型`);
}

/** Gives back a model's memory: it is unloaded. */
export async function free(model: LoadedCheckpoint | LoadedPipeline): Promise<void> {
  if (model.kind === "pipeline") return model.pipeline.dispose();
  model.network?.dispose();
  model.network = null;
}
