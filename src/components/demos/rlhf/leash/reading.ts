import { logSoftmax } from "../../../../engine/decoding/softmax.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { choice, number, text } from "../../../kit/state/fields.ts";
import { type PoemPrompt, promptText } from "../../../subjects/poems/poem.ts";
import { encodePrompt } from "../../../subjects/poems/poem-tables.ts";
import { promptFields } from "../../../subjects/poems/prompt-fields.ts";
import { BETA_RANGE } from "./leash.ts";
import { MAX_CHARACTERS } from "./taste.ts";

export const fields = {
  ...promptFields,
  opening: text({ ...promptFields.opening, initial: "明月" }),
  reward: choice({
    initial: "taste",
    label: "奖励是什么",
    options: [
      { value: "taste", label: "我的口味" },
      { value: "likelihood", label: "模型的 ln p", hint: "奖励就是原来的模型给的对数概率" },
    ],
  }),
  liked: text({ initial: "花山", maxLength: MAX_CHARACTERS, label: "喜欢的字（+1）" }),
  disliked: text({ initial: "何", maxLength: MAX_CHARACTERS, label: "不喜欢的字（−1）" }),
  beta: number({
    initial: 0.4,
    ...BETA_RANGE,
    step: 0.01,
    scale: "log",
    label: "β：KL 惩罚系数",
    hint: "大：约束紧。小：约束松",
  }),
};

/** What the model says of the next character, and of what. */
export interface LeashReading {
  readonly prompt: string;
  /** [vocabulary] */
  readonly logProbs: Float32Array;
  readonly vocabulary: readonly string[];
}

/** Reads the beginning of a poem. @throws EngineError as `encodePrompt` */
export async function readOpening(
  { engine, model }: WorkContext,
  { form, title, opening }: PoemPrompt,
): Promise<LeashReading> {
  const prompt = { form, title, opening };
  const ids = await encodePrompt(engine, prompt);
  const logProbs = logSoftmax(await engine.next(model.id, ids));
  return { prompt: promptText(prompt), logProbs, vocabulary: model.vocabulary };
}
