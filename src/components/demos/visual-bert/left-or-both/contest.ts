import type { Marked } from "../../../subjects/sentences/exam.ts";

/** One sentence, answered by both. */
export interface Duel {
  /** From the left context alone. */
  readonly gpt: Marked;
  /** From both sides. */
  readonly bert: Marked;
}

/** An answer counts if it is among so many. */
export type Top = 1 | 5;

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
