import { GENERATION_RANGES } from "../../../../engine/decoding/settings.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { choice, type StateOf, setting, text } from "../../../kit/state/fields.ts";
import { textProblem } from "../../../kit/text/format-marks.ts";
import { unknownSentence } from "../../../subjects/sentences/unknown.ts";
import { questionField, requestFor } from "../asking.ts";
import { NO_ANSWER, writeAnswer } from "../writing.ts";
import type { Worded } from "./agreement.ts";
import { TOPICS } from "./topics.ts";

export const fields = {
  topic: choice({
    initial: TOPICS[0].id,
    label: "问什么",
    options: TOPICS.map(({ id, label }) => ({ value: id, label })),
  }),
  given: text({ initial: "", maxLength: 40, label: "给定的回答（不写就用现成的）", validate: textProblem }),
  own: text({ ...questionField, initial: "", label: "再加一种你的问法（可以不写）", validate: textProblem }),
  tokens: setting(GENERATION_RANGES.maxNewTokens, { initial: 40, max: 100, label: "最多写几个词元", unit: "个" }),
};

/** The wordings as far as they are asked. */
export interface Asked {
  readonly rows: readonly Worded[];
  /** The answer whose probability they speak of. */
  readonly given: string;
  /** Wordings there are. */
  readonly total: number;
  readonly remark: string;
}

/** What the reader wants to be asked: the wordings, and the answer that is given. */
export function questionsOf({ topic, given, own }: StateOf<typeof fields>) {
  const { wordings, answer } = TOPICS.find(({ id }) => id === topic) ?? TOPICS[0];
  return { wordings: own.trim() === "" ? wordings : [...wordings, own], answer: given.trim() === "" ? answer : given };
}

/** Asks the same thing in several wordings, one after the other. */
export async function* askAll(
  { engine, model }: WorkContext,
  reader: StateOf<typeof fields>,
): AsyncGenerator<Asked, void, undefined> {
  const { wordings, answer } = questionsOf(reader);
  const encoded = await engine.encode(model.id, answer);
  const unknown = [...encoded.unknown];
  let rows: readonly Worded[] = [];
  for (const wording of wordings) {
    const { ids, unknown: more } = await engine.encode(model.id, requestFor("chat", "template", wording).text);
    for (const one of more) unknown.push(one);
    let draft = NO_ANSWER;
    // At temperature 0 there are no lots to draw.
    const writing = { temperature: 0, topP: 1, tokens: reader.tokens, seed: 0 };
    for await (const next of writeAnswer(engine, model, ids, writing)) draft = next;
    rows = [...rows, { wording, answer: draft.text, given: await engine.logProbs(model.id, ids, encoded.ids) }];
    yield { given: answer, total: wordings.length, remark: unknownSentence(unknown), rows };
  }
}
