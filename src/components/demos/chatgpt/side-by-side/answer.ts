import type { EncodedText } from "../../../../engine/files/tokenizer.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { type StateOf, seed, text } from "../../../kit/state/fields.ts";
import { unknownSentence } from "../../../subjects/sentences/unknown.ts";
import { questionField, requestFor } from "../asking.ts";
import { PLAYERS, type Player } from "../chapter-models.ts";
import { writingFields } from "../fields.ts";
import { type Answer, NO_ANSWER, writeAnswer } from "../writing.ts";
import { SUGGESTIONS } from "./questions.ts";
import type { Vocabulary } from "./strip.ts";

export const fields = {
  question: text({ ...questionField, initial: SUGGESTIONS[0] }),
  ...writingFields,
  // With it one of the two answers, and the other goes on.
  seed: seed(5),
};

/** Both models at one question. */
export interface SideBySide {
  /** What each is given. */
  readonly prompts: Readonly<Record<Player, EncodedText>>;
  readonly answers: Readonly<Record<Player, Answer>>;
  readonly models: Readonly<Record<Player, Vocabulary>>;
  /** What they could not read. */
  readonly remark: string;
}

/**
 * Lets both models answer at once, and tells of each token.
 * @param show is given both whenever something has come
 * @throws EngineError as `sample`
 */
export async function answer(
  { engine, signal, ...models }: WorkContext<Player>,
  { question, form, ...writing }: StateOf<typeof fields>,
  show: (now: SideBySide) => void,
): Promise<void> {
  const requests = { base: requestFor("base", form, question), chat: requestFor("chat", form, question) };
  const prompts = {
    base: await engine.encode(models.base.id, requests.base.text),
    chat: await engine.encode(models.chat.id, requests.chat.text),
  };
  let now: SideBySide = {
    prompts,
    answers: { base: NO_ANSWER, chat: NO_ANSWER },
    models,
    remark: unknownSentence(prompts.chat.unknown),
  };
  show(now);
  // When one of them fails, the other need not go on.
  let failed = false;
  const writings = PLAYERS.map(async (player) => {
    const { stop } = requests[player];
    try {
      for await (const draft of writeAnswer(engine, models[player], prompts[player].ids, writing, stop)) {
        if (failed || signal.aborted) return;
        now = { ...now, answers: { ...now.answers, [player]: draft } };
        show(now);
      }
    } catch (error) {
      failed = true;
      throw error;
    }
  });
  await Promise.all(writings);
}
