import type { WorkContext } from "../../../kit/figure/types.ts";
import { sidesOf } from "../../../subjects/sentences/blank.ts";
import { type Marked, mark } from "../../../subjects/sentences/exam.ts";
import { PLAIN_SENTENCES } from "../../../subjects/sentences/plain-sentences.ts";
import { fromBothSides, fromTheLeft } from "../answer.ts";
import { CONTRAST_SENTENCES } from "./contrast-sentences.ts";

/** The sentences that both can be asked. */
export const SETS = { contrast: CONTRAST_SENTENCES, plain: PLAIN_SENTENCES } as const;

/** One sentence, answered by both. */
export interface Duel {
  /** From the left context alone. */
  readonly gpt: Marked;
  /** From both sides. */
  readonly bert: Marked;
}

/** A contest as far as it has come. */
export interface Contest {
  readonly set: keyof typeof SETS;
  readonly duels: readonly Duel[];
}

/** Asks both about every sentence of a set. */
export async function* contest(
  { engine, bert, gpt }: WorkContext<"bert" | "gpt">,
  set: keyof typeof SETS,
): AsyncGenerator<Contest, void, undefined> {
  let duels: readonly Duel[] = [];
  for (const blank of SETS[set]) {
    const [left, right] = sidesOf(blank);
    const duel = {
      gpt: mark(blank, await fromTheLeft(engine, gpt, left), gpt.vocabulary),
      bert: mark(blank, await fromBothSides(engine, bert, left, right), bert.vocabulary),
    };
    duels = [...duels, duel];
    yield { set, duels };
  }
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
