import { checkRanges, type Ranges } from "../ranges.ts";

/** Everything that can be set about the training in which induction heads form. */
export interface InductionSettings {
  /** Layers of attention: two can do induction, one cannot. */
  readonly layers: number;
  readonly width: number;
  /** Per layer. */
  readonly heads: number;
  /** Kinds of tokens. */
  readonly vocabulary: number;
  /** Sequences per step. */
  readonly batch: number;
  readonly steps: number;
  /** The highest; it rises over the first 5 % of the steps and falls towards 0 along half a cosine wave. */
  readonly learningRate: number;
}

// #region defaults
export const INDUCTION_DEFAULTS: InductionSettings = {
  layers: 2,
  width: 64,
  heads: 4,
  vocabulary: 64,
  batch: 16,
  steps: 600,
  learningRate: 5e-3,
};
// #endregion

/** What each number may be: within them a step takes less than a second. */
export const INDUCTION_RANGES: Ranges<InductionSettings> = {
  layers: { name: "层数", min: 1, max: 2, whole: true },
  width: { name: "宽度", min: 8, max: 128, whole: true },
  heads: { name: "每层的头数", min: 1, max: 8, whole: true },
  vocabulary: { name: "词元的种类", min: 24, max: 256, whole: true },
  batch: { name: "每步的序列", min: 1, max: 64, whole: true },
  steps: { name: "步数", min: 1, max: 10_000, whole: true },
  learningRate: { name: "学习率", min: 0, max: 1 },
};

/** @throws EngineError as `checkRanges` */
export function checkInductionSettings(settings: InductionSettings): void {
  checkRanges(settings, INDUCTION_RANGES);
}
