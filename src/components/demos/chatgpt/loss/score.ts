import type { EncodedText } from "../../../../engine/files/tokenizer.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { choice, type StateOf, text } from "../../../kit/state/fields.ts";
import { textProblem } from "../../../kit/text/format-marks.ts";
import { unknownSentence } from "../../../subjects/sentences/unknown.ts";
import { FORM_OPTIONS, questionField, requestFor } from "../asking.ts";
import type { Player } from "../chapter-models.ts";
import type { Vocabulary } from "../side-by-side/strip.ts";
import type { Scored } from "./account.ts";
import { REFERENCES } from "./references.ts";

/** With examples before it the end token is not what the base model was shown to end with. */
const FORMS = FORM_OPTIONS.flatMap(({ value, ...option }) => (value === "shots" ? [] : [{ value, ...option }]));

export const fields = {
  question: text({ ...questionField, initial: "怎样才能不感冒？", label: "你的问题" }),
  answer: text({
    initial: "多喝水，多运动，天冷的时候注意保暖。",
    maxLength: 100,
    label: "你的回答",
    validate: answerProblem,
  }),
  form: choice({ initial: "bare", label: "怎样问基础模型", options: FORMS }),
};

/** Answers that are scored: the reader's, and those that are given. */
export const TOTAL = REFERENCES.length + 1;

/** What is wrong with an answer, for the reader; `undefined` where nothing is. */
export function answerProblem(answer: string): string | undefined {
  return answer.trim() === "" ? "请先写一个回答。" : textProblem(answer);
}

/** An answer with what both models think of it. */
export interface ScoredAnswer extends Scored {
  /** What the tuned model was given. */
  readonly prompt: EncodedText;
  readonly ids: readonly number[];
}

/** The answers as far as they are scored. */
export interface Scores {
  readonly results: readonly ScoredAnswer[];
  readonly models: Readonly<Record<Player, Vocabulary>>;
  /** What of the reader's own they could not read. */
  readonly remark: string;
}

/** Asks both models how likely they find the tokens of the answers, one answer after the other. */
export async function* score(
  { engine, base, chat }: WorkContext<Player>,
  { question, answer, form }: StateOf<typeof fields>,
): AsyncGenerator<Scores, void, undefined> {
  let scores: Scores = { results: [], models: { base, chat }, remark: "" };
  for (const reference of [{ question, answer }, ...REFERENCES]) {
    const { ids, tokens, unknown } = await engine.encode(chat.id, `${reference.answer}[END]`);
    const prompt = await engine.encode(chat.id, requestFor("chat", form, reference.question).text);
    const given = await engine.encode(base.id, requestFor("base", form, reference.question).text);
    const scored = {
      base: await engine.logProbs(base.id, given.ids, ids),
      chat: await engine.logProbs(chat.id, prompt.ids, ids),
    };
    const results = [...scores.results, { reference, prompt, ids, tokens, ...scored }];
    scores = { ...scores, results, remark: scores.remark || unknownSentence([...prompt.unknown, ...unknown]) };
    yield scores;
  }
}
