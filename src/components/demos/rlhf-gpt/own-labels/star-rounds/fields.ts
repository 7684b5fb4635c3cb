import { RLHF_DEFAULTS, type RlhfSettings } from "../../../../../engine/experiments/rlhf-settings.ts";
import { number, type StateOf, seed } from "../../../../kit/state/fields.ts";
import { fields as all } from "../../../../subjects/reviews/fields.ts";
import { parsePrompts } from "../../../../subjects/reviews/prompts.ts";

/** Most reviews of a round: more than these nobody rates. */
const MAX_BATCH = 16;

/** What can be set of the training by stars. A round has few reviews, so each has more to say than where a model judges. */
export const fields = {
  batch: number({ ...all.batch, initial: 8, max: MAX_BATCH }),
  length: number({ ...all.length, initial: 30 }),
  learningRate: number({ ...all.learningRate, initial: 5e-4 }),
  epochs: number({ ...all.epochs, initial: 2 }),
  klWeight: all.klWeight,
  prompts: all.prompts,
  seed: seed(1),
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
