import type { GenerationSettings } from "../../../../engine/decoding/settings.ts";
import { choice, integer, number, type StateOf } from "../../../kit/state/hash-state.ts";
import { promptFields } from "../../../subjects/poems/prompt-fields.ts";

/** When a search stops, by the word that stands in the URL. */
export const EARLY_STOPPING: Readonly<Record<"full" | "likely" | "never", GenerationSettings["earlyStopping"]>> = {
  full: true,
  likely: false,
  never: "never",
};

/** Everything that the reader can set in the beam tree. */
export const beamFields = {
  ...promptFields,
  numBeams: integer({ initial: 4, min: 1, max: 16 }),
  nBest: integer({ initial: 3, min: 1, max: 16 }),
  lengthPenalty: number({ initial: 1, min: -2, max: 4 }),
  early: choice({ initial: "likely", values: ["full", "likely", "never"] }),
  repetitionPenalty: number({ initial: 1, min: 1, max: 2 }),
  noRepeatNgramSize: integer({ initial: 0, min: 0, max: 4 }),
  maxNewTokens: integer({ initial: 48, min: 1, max: 120 }),
  // The step that is looked at; 0 for the last.
  step: integer({ initial: 0, min: 0, max: 120 }),
};

export type BeamSettings = StateOf<typeof beamFields>;
