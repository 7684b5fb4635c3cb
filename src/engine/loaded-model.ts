import type { Backend } from "./backends/backend.ts";
import { EngineError } from "./errors.ts";
import type { ModelConfig } from "./files/config.ts";
import type { ParsedModel } from "./files/loader.ts";
import type { ManifestEntry } from "./files/manifest.ts";
import type { PipelineModel } from "./files/pipeline.ts";
import type { ModelReport } from "./files/report.ts";
import type { Tokenizer } from "./files/tokenizer.ts";
import { Bert } from "./models/bert.ts";
import { Gpt2 } from "./models/gpt2.ts";
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

/** What the engine knows of it besides. */
export interface LoadedCheckpoint extends Checkpoint {
  /** Null once it is unloaded. */
  network: Gpt2 | Bert | null;
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

/** Builds the network of these weights. @throws EngineError as `Gpt2.open` and `Bert.open` */
export function openNetwork(backend: Backend, config: ModelConfig, tensors: ParsedModel["tensors"]): Gpt2 | Bert {
  return config.architecture === "gpt2" ? Gpt2.open(backend, config, tensors) : Bert.open(backend, config, tensors);
}

/**
 * A model's network on the backend in use, built anew if it is still on one that was lost.
 * @throws EngineError `not-found` if it was unloaded; as `openNetwork`
 */
export function networkOf(model: LoadedCheckpoint, backend: Backend): Gpt2 | Bert {
  if (!model.network) throw new EngineError("not-found", model.id);
  if (model.tensors && model.network.parameters.backend !== backend) {
    model.network = openNetwork(backend, model.config, model.tensors);
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

/** Gives back a model's memory: it is unloaded. */
export async function free(model: LoadedCheckpoint | LoadedPipeline): Promise<void> {
  if (model.kind === "pipeline") return model.pipeline.dispose();
  model.network?.dispose();
  model.network = null;
}
