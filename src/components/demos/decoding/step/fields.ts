import { DEFAULT_SETTINGS, GENERATION_RANGES } from "../../../../engine/decoding/settings.ts";
import { choice, seed, settingFields, text } from "../../../kit/state/fields.ts";
import { promptFields } from "../../../subjects/poems/prompt-fields.ts";

const { noRepeatNgramSize, ...filters } = settingFields(GENERATION_RANGES, DEFAULT_SETTINGS, {
  repetitionPenalty: { min: 1, max: 2, step: 0.05 },
  noRepeatNgramSize: { label: "不重复 n 元组", max: 4 },
  temperature: { max: 2, step: 0.05 },
  topK: { initial: 50, max: 200 },
  topP: { initial: 0.9, step: 0.01 },
});

/** Everything that the reader can set in this demo. */
export const fields = {
  ...promptFields,
  ...filters,
  noRepeatNgram: noRepeatNgramSize,
  mode: choice({
    initial: "sample",
    label: "解码器怎么选",
    options: [
      { value: "sample", label: "抽一个" },
      { value: "greedy", label: "取最大的" },
    ],
  }),
  seed: seed(42),
  show: choice({
    initial: "all",
    values: ["all", "model", "repetition-penalty", "no-repeat-ngram", "temperature", "top-k", "top-p"],
  }),
  // The tokens behind the prompt, so that a link leads to the same place.
  path: text({ initial: "", maxLength: 600 }),
};
