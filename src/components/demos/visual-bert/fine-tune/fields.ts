import {
  FINE_TUNE_DEFAULTS,
  FINE_TUNE_RANGES,
  type FineTuneSettings,
  MAX_TEXTS,
} from "../../../../engine/experiments/fine-tune-settings.ts";
import { SEED_MAX } from "../../../kit/controls/seed.ts";
import { choice, integer, number, type StateOf, text } from "../../../kit/state/hash-state.ts";
import { SETS, type SetName } from "./sets/sets.ts";
import { type LabelledSet, splitTask } from "./split.ts";

/** Which sentences: one of the built-in sets, or the reader's own. */
export type Source = SetName | "own";

export const MIN_LEARNING_RATE = 1e-5;
/** Longer than the model reads, so that the reader sees what happens then. */
export const MAX_SENTENCE = 600;

const { blocks, epochs, batch, learningRate } = FINE_TUNE_RANGES;

/** Everything that the reader can set, but for the sentences of his own: they are too long for an address. */
export const fields = {
  source: choice<Source>({ initial: "topics", values: ["topics", "feelings", "own"] }),
  examples: integer({ initial: 24, min: 2, max: MAX_TEXTS / 2 }),
  blocks: integer({ initial: FINE_TUNE_DEFAULTS.blocks, min: blocks.min, max: blocks.max }),
  pooling: choice<FineTuneSettings["pooling"]>({ initial: FINE_TUNE_DEFAULTS.pooling, values: ["mean", "cls"] }),
  learningRate: number({ initial: FINE_TUNE_DEFAULTS.learningRate, min: MIN_LEARNING_RATE, max: learningRate.max }),
  epochs: integer({ initial: FINE_TUNE_DEFAULTS.epochs, min: epochs.min, max: epochs.max }),
  batch: integer({ initial: FINE_TUNE_DEFAULTS.batch, min: batch.min, max: batch.max }),
  seed: integer({ initial: 1, min: 0, max: SEED_MAX }),
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
