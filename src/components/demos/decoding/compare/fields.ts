import { DEFAULT_SETTINGS, GENERATION_RANGES } from "../../../../engine/decoding/settings.ts";
import { flag, number, type StateOf, seed, settingFields } from "../../../kit/state/fields.ts";
import { promptFields } from "../../../subjects/poems/prompt-fields.ts";

const shared = settingFields(GENERATION_RANGES, DEFAULT_SETTINGS, {
  numBeams: { label: "束搜索的束宽", initial: 5, hint: "1 就是贪心。" },
  lengthPenalty: { label: "束搜索的长度惩罚", step: 0.1, hint: "大于 0 偏爱长的，小于 0 偏爱短的。" },
  temperature: { label: "合用的温度", initial: 0.8, max: 3, step: 0.05 },
  // Larger than any vocabulary here: the reader may find out that a k this large drops nothing.
  topK: { label: "top-k 的 k", initial: 10, min: 1, max: 10_000, scale: "log", unit: "个" },
  topP: { label: "top-p 的 p", initial: 0.9, step: 0.01 },
  repetitionPenalty: { label: "合用的重复惩罚", min: 1, max: 3, step: 0.05, hint: "1 是不罚。" },
  noRepeatNgramSize: { label: "合用的不重复 n 元组", max: 5, hint: "0 是不管。" },
});

/** Everything that the reader can set in this demo. */
export const fields = {
  ...promptFields,
  ...shared,
  pureTemperature: number({
    ...shared.temperature,
    label: "纯采样的温度",
    initial: 1,
    hint: "0 就是贪心，1 是模型原来的概率。",
  }),
  combinedTopK: number({ ...shared.topK, label: "合用的 k", initial: 40 }),
  combinedTopP: number({ ...shared.topP, label: "合用的 p", initial: 0.95 }),
  probabilities: flag({ initial: false, label: "在字上标出概率（%）" }),
  seed: seed(42),
};

export type CompareSettings = StateOf<typeof fields>;
