import {
  FINE_TUNE_DEFAULTS,
  FINE_TUNE_RANGES,
  type FineTuneSettings,
  MAX_TEXTS,
} from "../../../../engine/experiments/fine-tune-settings.ts";
import { choice, integer, type StateOf, seed, settingFields, text } from "../../../kit/state/fields.ts";
import { named } from "../../../kit/state/options.ts";
import { SETS, type SetName } from "./sets/sets.ts";
import { type LabelledSet, splitTask } from "./split.ts";

/** Which sentences: one of the built-in sets, or the reader's own. */
export type Source = SetName | "own";

/** Longer than the model reads, so that the reader sees what happens then. */
export const MAX_SENTENCE = 600;

/** Everything that the reader can set, but for the sentences of his own: they are too long for an address. */
export const fields = {
  source: choice<Source>({
    initial: "topics",
    label: "哪些句子",
    options: named({ topics: "话题", feelings: "心情", own: "我自己的" }),
  }),
  examples: integer({ initial: 24, min: 2, max: MAX_TEXTS / 2, label: "训练用几句", unit: "句" }),
  // Narrower than the engine's limits where a run would take too long, or has no gradient to speak of.
  ...settingFields(FINE_TUNE_RANGES, FINE_TUNE_DEFAULTS, {
    blocks: { label: "除了头，再训练最后几层", unit: "层" },
    learningRate: { min: 1e-5, step: 1e-5, scale: "log" },
    epochs: { max: 60, unit: "遍" },
    batch: { max: 32, unit: "句" },
  }),
  pooling: choice<FineTuneSettings["pooling"]>({
    initial: FINE_TUNE_DEFAULTS.pooling,
    label: "用什么代表一句",
    options: named({ mean: "各字的平均", cls: "[CLS]" }),
  }),
  seed: seed(1),
  sentence: text({ initial: "馄饨要趁热吃。", maxLength: MAX_SENTENCE }),
};

export type FineTuneFields = StateOf<typeof fields>;

/** The sentences that are meant. */
export function setOfSource(source: Source, own: LabelledSet): LabelledSet {
  return source === "own" ? own : SETS[source];
}

/** The settings of the experiment: the same seed gives the same split. */
export function settingsOf(value: Readonly<FineTuneFields>, set: LabelledSet): FineTuneSettings {
  const { blocks, pooling, learningRate, epochs, batch } = value;
  const { training, validation } = splitTask(set, value.examples, value.seed);
  return { classes: set.classes, training, validation, blocks, pooling, learningRate, epochs, batch };
}
