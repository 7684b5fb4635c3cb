import { DEFAULT_SETTINGS, GENERATION_RANGES } from "../../../engine/decoding/settings.ts";
import { choice, seed, setting, settingFields } from "../../kit/state/fields.ts";
import { FORM_OPTIONS } from "./asking.ts";

/** How answers are written, and how the base model is asked: the same in every demo that writes with both models. */
export const writingFields = {
  form: choice({ initial: "bare", label: "怎样问基础模型", options: FORM_OPTIONS }),
  ...settingFields(GENERATION_RANGES, DEFAULT_SETTINGS, {
    temperature: { initial: 0.3, max: 2, step: 0.1, hint: "0：总取最大的" },
    topP: { initial: 0.9, step: 0.05 },
  }),
  tokens: setting(GENERATION_RANGES.maxNewTokens, { initial: 80, max: 150, label: "最多写几个词元", unit: "个" }),
  seed: seed(1),
};
