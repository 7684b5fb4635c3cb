import { SEED_MAX } from "../../../kit/controls/seed.ts";
import { choice, integer, number, type StateOf } from "../../../kit/state/hash-state.ts";
import { promptFields } from "../../../subjects/poems/prompt-fields.ts";
import { type Axis, BATCH } from "./plan.ts";

/** Most values that are compared. */
export const MAX_VALUES = 9;
/** Larger than any vocabulary here: the reader may find out that a k this large drops nothing. */
export const MAX_K = 10_000;
export const MAX_TEMPERATURE = 3;
export const MIN_POEMS = 20;
export const MAX_POEMS = 400;

/** Everything that the reader can set in this demo. Each axis keeps its own range. */
export const fields = {
  ...promptFields,
  axis: choice<Axis>({ initial: "temperature", values: ["temperature", "top-p", "top-k"] }),
  temperatureFrom: number({ initial: 0, min: 0, max: MAX_TEMPERATURE }),
  temperatureTo: number({ initial: 2, min: 0, max: MAX_TEMPERATURE }),
  topPFrom: number({ initial: 0, min: 0, max: 1 }),
  topPTo: number({ initial: 1, min: 0, max: 1 }),
  topKFrom: integer({ initial: 1, min: 1, max: MAX_K }),
  topKTo: integer({ initial: 1000, min: 1, max: MAX_K }),
  values: integer({ initial: 6, min: 1, max: MAX_VALUES }),
  poems: integer({ initial: 1.5 * BATCH, min: MIN_POEMS, max: MAX_POEMS }),
  /** Index of the value whose poems are shown. */
  shown: integer({ initial: 2, min: 0, max: MAX_VALUES - 1 }),
  seed: integer({ initial: 42, min: 0, max: SEED_MAX }),
};

export type SweepSettings = StateOf<typeof fields>;

/** What an axis is called. */
export const AXIS_NAMES: Readonly<Record<Axis, string>> = { temperature: "温度", "top-p": "top-p", "top-k": "top-k" };

/** The range of the chosen axis. */
export function rangeOf(settings: SweepSettings): [from: number, to: number] {
  switch (settings.axis) {
    case "temperature":
      return [settings.temperatureFrom, settings.temperatureTo];
    case "top-p":
      return [settings.topPFrom, settings.topPTo];
    case "top-k":
      return [settings.topKFrom, settings.topKTo];
  }
}
