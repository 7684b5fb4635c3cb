import { SEED_MAX } from "../../../kit/controls/seed.ts";
import { flag, integer, number, type StateOf } from "../../../kit/state/hash-state.ts";
import { promptFields } from "../../../subjects/poems/prompt-fields.ts";

/** Larger than any vocabulary here: the reader may find out that a k this large drops nothing. */
export const MAX_K = 10_000;

/** Everything that the reader can set in this demo. */
export const fields = {
  ...promptFields,
  numBeams: integer({ initial: 5, min: 1, max: 16 }),
  lengthPenalty: number({ initial: 1, min: -10, max: 10 }),
  pureTemperature: number({ initial: 1, min: 0, max: 3 }),
  topK: integer({ initial: 10, min: 1, max: MAX_K }),
  topP: number({ initial: 0.9, min: 0, max: 1 }),
  temperature: number({ initial: 0.8, min: 0, max: 3 }),
  combinedTopK: integer({ initial: 40, min: 1, max: MAX_K }),
  combinedTopP: number({ initial: 0.95, min: 0, max: 1 }),
  repetitionPenalty: number({ initial: 1, min: 1, max: 3 }),
  noRepeatNgramSize: integer({ initial: 0, min: 0, max: 5 }),
  probabilities: flag({ initial: false }),
  seed: integer({ initial: 42, min: 0, max: SEED_MAX }),
};

export type CompareSettings = StateOf<typeof fields>;
