import { RLHF_DEFAULTS, type RlhfSettings } from "../../../../../engine/experiments/rlhf-settings.ts";
import { SEED_MAX } from "../../../../kit/controls/seed.ts";
import { integer, number, type StateOf, text } from "../../../../kit/state/hash-state.ts";
import { CONTROLS } from "../../../../subjects/reviews/fields.ts";
import { MAX_PROMPT_TEXT, parsePrompts, printPrompts } from "../../../../subjects/reviews/prompts.ts";

/** Most reviews of a round: more than these nobody rates. */
export const MAX_BATCH = 16;

/** What can be set of the training by stars. A round has few reviews, so each has more to say than where a model judges. */
export const fields = {
  batch: integer({ initial: 8, min: 1, max: MAX_BATCH }),
  length: integer({ initial: 30, min: CONTROLS.length.min, max: CONTROLS.length.max }),
  learningRate: number({ initial: 5e-4, min: 0, max: 10 }),
  epochs: integer({ initial: 2, min: CONTROLS.epochs.min, max: CONTROLS.epochs.max }),
  klWeight: number({ initial: RLHF_DEFAULTS.klWeight, min: CONTROLS.klWeight.min, max: CONTROLS.klWeight.max }),
  prompts: text({ initial: printPrompts(RLHF_DEFAULTS.prompts), maxLength: MAX_PROMPT_TEXT }),
  seed: integer({ initial: 1, min: 0, max: SEED_MAX }),
};

/** The settings of the experiment. It has no end of its own, so its learning rate has nothing to fall towards. */
export function settingsOf({ prompts, seed: _, ...set }: Readonly<StateOf<typeof fields>>): RlhfSettings {
  return {
    ...RLHF_DEFAULTS,
    ...set,
    prompts: parsePrompts(prompts).prompts,
    reward: { kind: "stars" },
    iterations: 10_000,
    learningRateDecay: false,
  };
}
