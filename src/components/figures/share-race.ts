import { type Estimate, shareEstimate } from "../kit/text/statistics.ts";

/** What is counted for everybody who takes part, one after the other. */
export interface Race {
  readonly title: string;
  /** How many there will be to count. */
  readonly total: number;
  /** For each who takes part: whether he was right, time after time, as far as it has come. */
  readonly outcomes: readonly (readonly boolean[])[];
}

/** A share after so many that were counted. */
export interface Running extends Estimate {
  readonly count: number;
  readonly right: number;
}

/** How a share came about, one by one, each with its 95 % interval. */
export function runningShares(outcomes: readonly boolean[]): Running[] {
  let right = 0;
  return outcomes.map((outcome, i) => {
    if (outcome) right++;
    return { ...shareEstimate(right, i + 1)!, count: i + 1, right };
  });
}
