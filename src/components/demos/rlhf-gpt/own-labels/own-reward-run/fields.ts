import { number, seed } from "../../../../kit/state/fields.ts";
import { fields as all } from "../../../../subjects/reviews/fields.ts";

/** What can be set of PPO against the reader's own reward: fewer rounds than against the built-in one, for it is tried again and again. */
export const fields = {
  iterations: number({ ...all.iterations, initial: 30 }),
  batch: number({ ...all.batch, initial: 16 }),
  klWeight: all.klWeight,
  learningRate: all.learningRate,
  length: all.length,
  seed: seed(1),
};
