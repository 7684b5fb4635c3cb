import type { ModelConfig } from "./files/config.ts";
import type { ManifestEntry } from "./files/manifest.ts";
import type { ModelReport } from "./files/report.ts";
import type { Checkpoint, LoadedPipeline } from "./loaded-model.ts";

/** A loaded model of our engine as the page sees it. */
export interface ModelInfo {
  readonly kind: "checkpoint";
  /** The name under which it is loaded, for every method that takes one. */
  readonly id: string;
  readonly report: ModelReport;
  /** What the manifest says of it, where the site ships it. */
  readonly entry: ManifestEntry | null;
  readonly config: ModelConfig;
  /** Every name that a trace of it may ask for. */
  readonly traceNames: readonly string[];
  readonly contextLength: number;
  /** What each token id stands for; special tokens in brackets. Rows that only pad the table are `[unused 6001]`. */
  readonly vocabulary: readonly string[];
  /** Ids of the tokens that are no text. */
  readonly specialIds: ReadonlySet<number>;
  /** The tokens that end a text. */
  readonly endIds: readonly number[];
}

/** A loaded model that Transformers.js runs. */
export interface PipelineInfo {
  readonly kind: "pipeline";
  readonly id: string;
  readonly report: ModelReport;
  /** What it does, in the words of Transformers.js. */
  readonly task: string;
}

/** What the page is told of a loaded model. */
export function describe(model: Checkpoint): ModelInfo;
export function describe(model: Checkpoint | LoadedPipeline): ModelInfo | PipelineInfo;
export function describe(model: Checkpoint | LoadedPipeline): ModelInfo | PipelineInfo {
  const { id, report } = model;
  if (model.kind === "pipeline") return { kind: "pipeline", id, report, task: model.pipeline.task };
  const { entry, config, tokenizer, traceNames } = model;
  const ids = Array.from({ length: config.vocabularySize }, (_, id) => id);
  const padding = ids.filter((id) => !tokenizer.has(id));
  return {
    kind: "checkpoint",
    id,
    report,
    entry,
    config,
    traceNames,
    contextLength: config.contextLength,
    vocabulary: ids.map((id) => (tokenizer.has(id) ? tokenizer.token(id) : `[unused ${id}]`)),
    specialIds: new Set([...[...tokenizer.specialIds].filter((id) => id < config.vocabularySize), ...padding]),
    endIds: config.architecture === "bert" ? [] : config.endIds,
  };
}

/** The token that stands between the texts that a model has read, one behind the other: what ends them. Where several do, nobody knows which; then null. */
export function separatorOf({ endIds }: Pick<ModelInfo, "endIds">): number | null {
  const [only = null, another] = endIds;
  return another === undefined ? only : null;
}
