import { GENERATION_RANGES } from "../../../../engine/decoding/settings.ts";
import { setting } from "../../../kit/state/fields.ts";
import { promptFields } from "../../../subjects/poems/prompt-fields.ts";

/** Two lines of 王维, which the chapter cuts into tokens, too. */
const textFields = {
  ...promptFields,
  form: { ...promptFields.form, initial: "五绝" },
  opening: { ...promptFields.opening, initial: "明月松间照，清泉石上流。", label: "读哪一段" },
} as const;

/** Everything that the reader can set in the demo of top-k. */
export const topKFields = {
  ...textFields,
  topK: setting(GENERATION_RANGES.topK, { initial: 10, min: 1, max: 2000, scale: "log", label: "k", unit: "个" }),
};

/** Everything that the reader can set in the demo of top-p. */
export const topPFields = {
  ...textFields,
  topP: setting(GENERATION_RANGES.topP, { initial: 0.9, step: 0.01, label: "p" }),
};
