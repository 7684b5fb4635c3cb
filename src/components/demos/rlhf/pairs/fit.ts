import { pairAccuracy, pairLoss } from "../../../../engine/rl/bradley-terry.ts";
import { descend } from "../../../../engine/rl/pair-scores.ts";
import { centred } from "../../../../engine/statistics.ts";
import { ANSWERS, readComparisons } from "./answers.ts";
import type { PairFields } from "./fields.ts";

/** One step of a fit, for the curves. */
export interface FitRecord {
  readonly step: number;
  readonly loss: number;
  readonly accuracy: number;
}

/** Scores of the answers, as far as they are fitted to some choices. */
export interface Fit {
  /** As a link writes them. */
  readonly choices: string;
  readonly scores: readonly number[];
  /** A record for each step over these choices. */
  readonly history: readonly FitRecord[];
}

/** Steps after which a fit is over. */
export const MAX_STEPS = 600;
export const RATE = 0.5;

/** Every answer as good as any other. */
export function unfitted(choices: string): Fit {
  return { choices, scores: ANSWERS.map(() => 0), history: [] };
}

/** The fit after so many more steps. To other choices than before the scores are fitted from where they are, and steps are counted anew. */
export function descended(fit: Fit, { choices, decay }: Pick<PairFields, "choices" | "decay">, steps: number): Fit {
  const comparisons = readComparisons(choices);
  const before = fit.choices === choices ? fit.history : [];
  const done = before.at(-1)?.step ?? 0;
  let { scores } = fit;
  const records: FitRecord[] = [];
  for (let step = done + 1; step <= Math.min(done + steps, MAX_STEPS); step++) {
    scores = descend(scores, comparisons, { rate: RATE, decay });
    const [loss, accuracy] = [pairLoss(scores, comparisons) ?? 0, pairAccuracy(scores, comparisons) ?? 0];
    records.push({ step, loss, accuracy });
  }
  return { choices, scores: centred(scores), history: [...before, ...records] };
}

/** Steps that a curve needs to look the same: all at the beginning, where it bends, then every so many, and the last. */
export function drawn(history: readonly FitRecord[]): FitRecord[] {
  return history.filter(({ step }) => step <= 20 || step % 10 === 0 || step === history.at(-1)?.step);
}
