import { GENERATION_RANGES } from "../../../../engine/decoding/settings.ts";
import type { Range as EngineRange } from "../../../../engine/ranges.ts";
import { choice, integer, type SliderControl, type StateOf, seed, setting } from "../../../kit/state/fields.ts";
import { named } from "../../../kit/state/options.ts";
import { promptFields } from "../../../subjects/poems/prompt-fields.ts";
import { type Axis, BATCH } from "./plan.ts";

/** What an axis is called. */
export const AXIS_NAMES: Readonly<Record<Axis, string>> = { temperature: "温度", "top-p": "top-p", "top-k": "top-k" };

/** Most values that are compared. */
const MAX_VALUES = 9;
/** Larger than any vocabulary here: the reader may find out that a k this large drops nothing. */
const MAX_K = 10_000;

const { temperature, topP, topK } = GENERATION_RANGES;

const range = (axis: EngineRange, from: number, to: number, options: Partial<SliderControl>) =>
  [
    setting(axis, { ...options, initial: from, label: "从" }),
    setting(axis, { ...options, initial: to, label: "到" }),
  ] as const;
const [temperatureFrom, temperatureTo] = range(temperature, 0, 2, { max: 3, step: 0.05 });
const [topPFrom, topPTo] = range(topP, 0, 1, { step: 0.01 });
const [topKFrom, topKTo] = range(topK, 1, 1000, { min: 1, max: MAX_K, scale: "log", unit: "个" });

/** Everything that the reader can set in this demo. Each axis keeps its own range. */
export const fields = {
  ...promptFields,
  axis: choice({ initial: "temperature", label: "变什么（别的都不调）", options: named(AXIS_NAMES) }),
  temperatureFrom,
  temperatureTo,
  topPFrom,
  topPTo,
  topKFrom,
  topKTo,
  values: integer({ initial: 6, min: 1, max: MAX_VALUES, label: "取几个值", unit: "个" }),
  poems: integer({ initial: 1.5 * BATCH, min: 20, max: 400, label: "每个值写几首", unit: "首" }),
  /** Index of the value whose poems are shown. */
  shown: integer({ initial: 2, min: 0, max: MAX_VALUES - 1 }),
  seed: seed(42),
};

export type SweepSettings = StateOf<typeof fields>;

/** Where the range of each axis is set. */
export const AXIS_FIELDS = {
  temperature: ["temperatureFrom", "temperatureTo"],
  "top-p": ["topPFrom", "topPTo"],
  "top-k": ["topKFrom", "topKTo"],
} as const;

/** The range of the chosen axis. */
export function rangeOf(settings: SweepSettings): [from: number, to: number] {
  const [from, to] = AXIS_FIELDS[settings.axis];
  return [settings[from], settings[to]];
}
