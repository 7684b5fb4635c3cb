import { number } from "../../../kit/state/fields.ts";
import { fields as all } from "../../../subjects/reviews/fields.ts";
import { ITERATIONS } from "./leashes.ts";

const { batch, length, learningRate, seed } = all;

export const fields = {
  a: number({ ...all.klWeight, label: "甲的 β" }),
  b: number({ ...all.klWeight, initial: 0, label: "乙的 β" }),
  iterations: number({ ...all.iterations, initial: ITERATIONS }),
  batch,
  length,
  learningRate,
  seed,
};
