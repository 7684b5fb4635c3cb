import { GENERATION_RANGES } from "../../../../engine/decoding/settings.ts";
import { choice, integer, seed, setting, text } from "../../../kit/state/fields.ts";
import { counted } from "../../../kit/state/options.ts";
import { textProblem } from "../../../kit/text/format-marks.ts";
import { MOST, whose } from "../own/whose.ts";

/** What the reader can set. `step` is counted from 1, 0 is the last. */
export const fields = {
  model: whose,
  text: text({
    label: "开头",
    initial: "春天来了，小",
    maxLength: 16,
    validate: (value) => (value.trim() === "" ? "先写几个字。" : textProblem(value)),
  }),
  tokens: integer({ label: "写几个字", initial: 12, min: 1, max: 20, unit: "个" }),
  choose: choice({
    label: "怎样选",
    initial: "sample",
    options: [
      { value: "sample", label: "按概率抽" },
      { value: "greedy", label: "取最大的" },
    ],
  }),
  temperature: setting(GENERATION_RANGES.temperature, { initial: 0.7, min: 0.1, max: 2, step: 0.1 }),
  cache: choice({
    label: "这一步要算的列",
    initial: "on",
    options: [
      { value: "on", label: "有 KV 缓存" },
      { value: "off", label: "没有缓存" },
    ],
  }),
  head: choice({
    label: "看谁的注意力",
    initial: 0,
    options: [
      { value: 0, label: "平均" },
      ...counted(MOST.heads).map(({ value, label }) => ({ value, label: `头 ${label}` })),
    ],
  }),
  step: integer({ initial: 0, min: 0, max: 20 }),
  seed: seed(1),
};

export const VIEWS = ["cache", "head", "step"] as const;
