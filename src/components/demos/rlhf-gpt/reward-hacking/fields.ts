import { number } from "../../../kit/state/fields.ts";
import { fields as all } from "../../../subjects/reviews/fields.ts";

/** Two runs take turns, so that they begin with less to do than the writer's, in larger steps. */
export const fields = {
  a: number({ ...all.klWeight, label: "甲的 β" }),
  b: number({ ...all.klWeight, initial: 0, label: "乙的 β" }),
  iterations: number({ ...all.iterations, initial: 20 }),
  batch: number({ ...all.batch, initial: 16 }),
  length: all.length,
  learningRate: number({ ...all.learningRate, initial: 1e-3 }),
  seed: all.seed,
};
