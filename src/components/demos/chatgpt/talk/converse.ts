import { GENERATION_RANGES } from "../../../../engine/decoding/settings.ts";
import { separatorOf } from "../../../../engine/model-info.ts";
import { Random } from "../../../../engine/random.ts";
import { mean } from "../../../../engine/statistics.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { integer, type StateOf, seed, setting, text } from "../../../kit/state/fields.ts";
import { unknownSentence } from "../../../subjects/sentences/unknown.ts";
import type { Vocabulary } from "../side-by-side/strip.ts";
import { type Answer, NO_ANSWER, type Writing, writeAnswer } from "../writing.ts";
import {
  ANSWER_ROOM,
  givenText,
  leftOut,
  MAX_SAID,
  MAX_TURNS,
  ROOM,
  saidOf,
  type Turn,
  tokensOf,
} from "./conversation.ts";

export const fields = {
  said: text({
    initial: "你好，我叫小雨，我最喜欢画画。\n下雨天出门要带什么？\n那中国的首都在哪里？\n你还记得我叫什么名字吗？",
    maxLength: MAX_TURNS * (MAX_SAID + 1),
  }),
  room: integer({ initial: ROOM.max, ...ROOM, label: "回答以前最多读几个词元", unit: "个" }),
  temperature: setting(GENERATION_RANGES.temperature, { initial: 0, max: 2, step: 0.1, hint: "0：总取最大的" }),
  seed: seed(1),
};

const TOP_P = 0.9;

/** The last answer once more, with less to read. */
export interface Lesser {
  /** Index of the turn that was not read; `all`: everything was read, `none`: nothing but what is asked. */
  readonly without: number | "all" | "none";
  /** What is written then. */
  readonly text: string;
  /** Mean natural log-probability, per token, that the answer has then which was given with everything read. */
  readonly logProb: number;
}

/** A whole conversation. */
export interface Talk {
  readonly turns: readonly Turn[];
  /** Turns, from the first on, that were not read any more before the last answer. */
  readonly left: number;
  readonly lesser: readonly Lesser[];
  readonly model: Vocabulary;
  /** What the model could not read. */
  readonly remark: string;
}

/**
 * Has the model answer sentence after sentence, each time with all that was said before in front of it, as far as there is room; then asks the
 * last one again with each of the turns taken out.
 * @throws EngineError as `sample`
 */
export async function converse(
  { engine, model, signal }: WorkContext,
  { said, room, temperature, seed }: StateOf<typeof fields>,
): Promise<Talk> {
  const endId = separatorOf(model) ?? 0;
  const seeds = new Random(seed);
  const turns: Turn[] = [];
  const unknown = [];
  let [left, writing] = [0, writingWith(temperature, 0)];

  const answerTo = async (ids: readonly number[]): Promise<Answer> => {
    let answer = NO_ANSWER;
    for await (const draft of writeAnswer(engine, model, ids, writing)) {
      signal.throwIfAborted();
      answer = draft;
    }
    return answer;
  };
  const read = (some: readonly Turn[], given: readonly number[]): number[] => [
    ...some.flatMap((turn) => tokensOf(turn, endId)),
    ...given,
  ];

  for (const line of saidOf(said)) {
    const encoded = await engine.encode(model.id, givenText(line));
    for (const one of encoded.unknown) unknown.push(one);
    const lengths = turns.map((turn) => tokensOf(turn, endId).length);
    left = leftOut(lengths, encoded.ids.length, room);
    writing = writingWith(temperature, seeds.uint32());
    const answer = await answerTo(read(turns.slice(left), encoded.ids));
    turns.push({ said: line, given: encoded.ids, answer });
  }

  const last = turns.at(-1);
  const lesser: Lesser[] = [];
  if (last) {
    const written = last.answer.tokens.map(({ token }) => token);
    const before = turns.slice(left, -1);
    const less = async (without: Lesser["without"], some: readonly Turn[]): Promise<void> => {
      const ids = read(some, last.given);
      const { text } = without === "all" ? last.answer : await answerTo(ids);
      lesser.push({ without, text, logProb: mean(await engine.logProbs(model.id, ids, written)) });
    };
    await less("all", before);
    for (const i of before.keys()) await less(left + i, before.toSpliced(i, 1));
    // Without the only turn there is, nothing is left: that was asked already.
    if (before.length > 1) await less("none", []);
  }
  return { turns, left, lesser, model, remark: unknownSentence(unknown) };
}

function writingWith(temperature: number, seed: number): Writing {
  return { temperature, topP: temperature === 0 ? 1 : TOP_P, tokens: ANSWER_ROOM, seed };
}
