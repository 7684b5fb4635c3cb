import type { EngineCalls } from "../../../engine/client.ts";
import type { ModelInfo } from "../../../engine/worker.ts";

/** What a demo's work is given, on a page (a `RunContext` is one) and in a build: the engine, and its models by their roles. */
export type WorkContext<Role extends string = "model"> = {
  readonly engine: EngineCalls;
  readonly signal: AbortSignal;
} & Readonly<Record<Role, ModelInfo>>;

/** The weights that numbers were computed with. */
export interface Weights {
  /** Its id in the manifest. */
  readonly model: string;
  /** Of `model.safetensors`, 64 hexadecimal digits. */
  readonly sha256: string;
}

/** How the numbers came about that a figure shows before its reader has run anything. */
export interface Provenance {
  /** `built`: computed when the site was built; `recorded`: by a command, earlier, because it takes long. */
  readonly kind: "built" | "recorded";
  /** Year, month and day, `2026-11-30`. */
  readonly date: string;
  /** What computes them again. */
  readonly command: string;
  readonly weights: readonly Weights[];
  /** What was set, by its names in the code; without, all that the demo begins with. */
  readonly settings?: object;
  /** Where several runs were made, or one whose seed is not among the settings. */
  readonly seeds?: readonly number[];
  /** What a recorded figure was computed on. */
  readonly machine?: { readonly processor: string; readonly node?: string; readonly python?: string };
}

/** What a demo shows before its reader has run anything: what its own work gives at its defaults. */
export interface FirstFigure<Data> {
  readonly data: Data;
  readonly provenance: Provenance;
}

/** Where the numbers on the screen are from: `live` is the reader's own run. */
export type Mark = Provenance | "live";
