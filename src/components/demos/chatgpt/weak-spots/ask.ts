import { GENERATION_RANGES } from "../../../../engine/decoding/settings.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { choice, type StateOf, seed, setting, text } from "../../../kit/state/fields.ts";
import { unknownSentence } from "../../../subjects/sentences/unknown.ts";
import { questionField, requestFor } from "../asking.ts";
import { writeAnswers } from "../writing.ts";
import { type Asked, askedOf, withResult } from "./results.ts";
import { TOPIC_IDS, TOPICS } from "./topics.ts";

/** Tokens of an answer: enough for a sentence or two. */
export const TOKENS = 48;
export const TOP_P = 0.9;

export const fields = {
  topic: choice({
    initial: "facts",
    label: "弱点",
    options: TOPIC_IDS.map((value) => ({ value, label: TOPICS[value].label })),
  }),
  question: text({ ...questionField, initial: "介绍一下月亮上的火车站。", label: "你自己的" }),
  count: setting(GENERATION_RANGES.numReturnSequences, { initial: 3, max: 8, label: "每题几个回答", unit: "个" }),
  temperature: setting(GENERATION_RANGES.temperature, { initial: 0.8, max: 2, step: 0.1 }),
  seed: seed(1),
};

/** What was asked so far. */
export interface Answered {
  readonly asked: readonly Asked[];
  /** What of the last question the model could not read. */
  readonly remark: string;
}

/** Asks one question after the other. @param before what was asked before: asked again, a question keeps its place */
export async function* askAll(
  { engine, model }: WorkContext,
  questions: readonly string[],
  { count, temperature, seed }: Pick<StateOf<typeof fields>, "count" | "temperature" | "seed">,
  before: readonly Asked[] = [],
): AsyncGenerator<Answered, void, undefined> {
  let asked = before;
  const writing = { temperature, seed, topP: TOP_P, tokens: TOKENS };
  for (const question of questions) {
    const { ids, unknown } = await engine.encode(model.id, requestFor("chat", "template", question).text);
    asked = withResult(asked, askedOf(question, await writeAnswers(engine, model, ids, writing, count)));
    yield { asked, remark: unknownSentence(unknown) };
  }
}
