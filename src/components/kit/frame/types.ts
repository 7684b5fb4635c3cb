/** What a demo is doing; the frame mirrors it as `data-state`. `paused`: a training that can go on. */
export type DemoState = "idle" | "loading" | "running" | "paused" | "done" | "error";

/** The model a demo needs, named with its size before any byte of it is fetched. */
export interface ModelLabel {
  readonly id: string;
  readonly title: string;
  /** Download size in bytes. */
  readonly bytes: number;
  /** Whether it is already in memory, so that starting costs no download. */
  readonly loaded?: boolean;
  /** Of a model that is no download, such as the reader's own files: what is said of it until it is loaded. */
  readonly note?: string;
}

/** The backend that computes, e.g. `CPU`, and why it was chosen. */
export interface EngineLabel {
  readonly label: string;
  readonly reason: string;
}

/** An error as the reader sees it: what happened, and what to do about it, in Chinese. */
export interface DemoError {
  readonly message: string;
}

/** What a filter or a decoder did with a token. */
export type TokenStatus = "kept" | "dropped" | "chosen";

/** One row of `Bars`; probabilities are in 0–1. */
export interface BarRow {
  readonly id: number | string;
  readonly label: string;
  readonly value: number;
  /** The probability after the filter; 0 for a dropped token. */
  readonly after?: number;
  readonly status?: TokenStatus;
}

/** One token of `TokenStrip`. */
export interface StripToken {
  readonly text: string;
  /** Shade, 0–1. */
  readonly value?: number;
  /** Drawn as a tag, e.g. `<|endoftext|>`. */
  readonly special?: boolean;
  /** Typed by the reader, not written by the model. */
  readonly given?: boolean;
  readonly status?: TokenStatus;
  /** Tooltip and spoken detail, e.g. 「概率 21.4%」. */
  readonly note?: string;
}

/**
 * Where numbers come from: a function of the source (`decoding/top-p.ts#topP`) or the line that shows a trace
 * (`nn/attention.ts#blocks.*.attn.pattern`). Files are named from `src/engine`, or begin with `components/`. The build fails if it is not there.
 */
export type Origin = `${string}.ts#${string}`;

/** A table to be saved as CSV. */
export interface CsvTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | boolean)[])[];
}

/** One metric of one run, for `RunPlot`. */
export interface RunSeries {
  readonly name: string;
  /** A value of null leaves a gap in what was measured, not in the line. */
  readonly points: readonly (readonly [x: number, y: number | null])[];
}
