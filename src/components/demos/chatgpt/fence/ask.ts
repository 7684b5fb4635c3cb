import type { WorkContext } from "../../../kit/figure/types.ts";
import { choice, integer, type StateOf } from "../../../kit/state/fields.ts";
import { MEASURES } from "./measures.ts";
import { FENCE, outcomeOf } from "./questions.ts";
import type { Judged } from "./separation.ts";
import { textOf, watch } from "./watch.ts";

export const measureField = choice({
  initial: "mean",
  label: "横轴",
  options: MEASURES.map(({ id, title, how }) => ({ value: id, label: title, hint: how })),
});

export const fields = {
  measure: measureField,
  count: integer({ initial: FENCE.length, min: 4, max: FENCE.length, label: "问几题", unit: "题" }),
};

/** The answers so far, to the first questions in their order. */
export interface Fenced {
  readonly count: number;
  readonly answers: readonly Judged[];
}

/** Asks one question after the other; nothing in the answers is chance. */
export async function* askFence(
  { engine, model }: WorkContext,
  { count }: Pick<StateOf<typeof fields>, "count">,
): AsyncGenerator<Fenced, void, undefined> {
  let answers: readonly Judged[] = [];
  for (const question of FENCE.slice(0, count)) {
    const watched = await watch(engine, model, question.text);
    answers = [...answers, { ...watched, outcome: outcomeOf(question, textOf(watched), watched.ended) }];
    yield { count, answers };
  }
}
