import { RLHF_DEFAULTS, type RlhfSettings } from "../../../../../engine/experiments/rlhf-settings.ts";
import { SEED_MAX } from "../../../../kit/controls/seed.ts";
import { type Field, integer, number, type StateOf } from "../../../../kit/state/hash-state.ts";
import { CONTROLS } from "../../../../subjects/reviews/fields.ts";

const whole = (key: "iterations" | "batch" | "length", initial: number): Field<number> =>
  integer({ initial, min: CONTROLS[key].min, max: CONTROLS[key].max });

/** What can be set of PPO against the reader's own reward: fewer rounds than against the built-in one, for it is tried again and again. */
export const fields = {
  iterations: whole("iterations", 30),
  batch: whole("batch", 16),
  length: whole("length", 40),
  learningRate: number({ initial: RLHF_DEFAULTS.learningRate, min: 0, max: 10 }),
  klWeight: number({ initial: RLHF_DEFAULTS.klWeight, min: CONTROLS.klWeight.min, max: CONTROLS.klWeight.max }),
  seed: integer({ initial: 1, min: 0, max: SEED_MAX }),
};

/** The settings of the experiment, but for its reward. */
export function settingsOf({
  seed: _,
  ...set
}: Readonly<StateOf<typeof fields>>): Omit<RlhfSettings, "reward" | "prompts"> {
  const { reward: _reward, prompts: _prompts, ...rest } = RLHF_DEFAULTS;
  return { ...rest, ...set };
}
