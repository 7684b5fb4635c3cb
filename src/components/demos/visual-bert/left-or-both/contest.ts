import { type Estimate, shareEstimate } from "../../../kit/text/statistics.ts";
import type { Marked } from "../../../subjects/sentences/exam.ts";

/** One sentence, answered by both. */
export interface Duel {
  /** From the left context alone. */
  readonly gpt: Marked;
  /** From both sides. */
  readonly bert: Marked;
}

export type Player = "gpt" | "bert";

/** An answer counts if it is among so many. */
export type Top = 1 | 5;

/** The share of right answers after so many sentences. */
export interface Running extends Estimate {
  readonly count: number;
  readonly right: number;
}

/** How a player's share of right answers came about, sentence by sentence, each with its 95 % interval. */
export function runningShares(duels: readonly Duel[], player: Player, top: Top): Running[] {
  let right = 0;
  return duels.map((duel, i) => {
    if (duel[player].place < top) right++;
    return { ...shareEstimate(right, i + 1)!, count: i + 1, right };
  });
}

/** Sentences by who was right: what one gets and the other does not tells more than the two totals. */
export function whoWasRight(duels: readonly Duel[], top: Top) {
  const count = (gpt: boolean, bert: boolean): number =>
    duels.filter((duel) => duel.gpt.place < top === gpt && duel.bert.place < top === bert).length;
  return {
    both: count(true, true),
    onlyGpt: count(true, false),
    onlyBert: count(false, true),
    neither: count(false, false),
  };
}
