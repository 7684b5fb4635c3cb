import { Random } from "../../../../engine/random.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { integer, type StateOf } from "../../../kit/state/fields.ts";
import { requestFor } from "../asking.ts";
import type { Player } from "../chapter-models.ts";
import { writingFields } from "../fields.ts";
import { NO_ANSWER, writeAnswer } from "../writing.ts";
import { type Judged, judge, type Row } from "./judge.ts";
import { QUESTIONS } from "./questions.ts";

export const fields = {
  count: integer({ initial: QUESTIONS.length, min: 1, max: QUESTIONS.length, label: "问几题", unit: "题" }),
  ...writingFields,
};

/** The answers so far. */
export interface Answered {
  /** Questions that are asked: the first so many. */
  readonly count: number;
  /** Of the first questions, in their order; a question itself is known by its place. */
  readonly rows: readonly Omit<Row, "question">[];
}

/** Asks both models one question after the other. */
export async function* measure(
  { engine, ...models }: WorkContext<Player>,
  { count, form, seed, ...writing }: StateOf<typeof fields>,
): AsyncGenerator<Answered, void, undefined> {
  let rows: Answered["rows"] = [];
  const seeds = new Random(seed);
  for (const question of QUESTIONS.slice(0, count)) {
    // Both draw the same lots.
    const own = { ...writing, seed: seeds.uint32() };
    const judged = async (player: Player): Promise<Judged> => {
      const { text, stop } = requestFor(player, form, question.text);
      const { ids } = await engine.encode(models[player].id, text);
      let answer = NO_ANSWER;
      for await (const draft of writeAnswer(engine, models[player], ids, own, stop)) answer = draft;
      return judge(question, answer);
    };
    const [base, chat] = [await judged("base"), await judged("chat")];
    rows = [...rows, { base, chat }];
    yield { count, rows };
  }
}
