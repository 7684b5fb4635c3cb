import { SEED_MAX } from "../../kit/controls/seed.ts";
import { choice, integer, number } from "../../kit/state/hash-state.ts";
import { BASE_FORMS } from "./asking.ts";

/** How answers are written, and how the base model is asked: the same in every demo that writes with both models. */
export const writingFields = {
  form: choice({ initial: "bare", values: BASE_FORMS }),
  temperature: number({ initial: 0.8, min: 0, max: 2 }),
  topP: number({ initial: 0.9, min: 0, max: 1 }),
  tokens: integer({ initial: 80, min: 1, max: 150 }),
  seed: integer({ initial: 1, min: 0, max: SEED_MAX }),
};
