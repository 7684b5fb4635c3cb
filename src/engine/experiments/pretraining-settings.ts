import { EngineError } from "../errors.ts";
import { checkRanges, type Ranges } from "../ranges.ts";

/** Two sentences that a BERT is trained on, and how. */
export interface PretrainingSettings {
  readonly first: string;
  readonly second: string;
  /** Whether the second really follows the first. */
  readonly follows: boolean;
  /** Share of the tokens that are chosen; 0.15 in the paper. */
  readonly share: number;
  readonly steps: number;
  readonly learningRate: number;
}

/** What each number may be. */
export const PRETRAINING_RANGES: Ranges<PretrainingSettings> = {
  share: { name: "选中的比例", min: 0.01, max: 1 },
  steps: { name: "步数", min: 1, max: 50, whole: true },
  learningRate: { name: "学习率", min: 0, max: 1 },
};

/** @throws EngineError `bad-input` if a number is out of its range, or a sentence is missing */
export function checkPretrainingSettings(settings: PretrainingSettings): void {
  checkRanges(settings, PRETRAINING_RANGES);
  for (const [name, text] of [
    ["第一句", settings.first],
    ["第二句", settings.second],
  ] as const) {
    if (text.trim() === "") throw new EngineError("bad-input", `${name}是空的，先写几个字`);
  }
}
