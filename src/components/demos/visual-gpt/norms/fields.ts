import { NORM_PLACE_RANGES } from "../../../../engine/experiments/norm-place.ts";
import { seed, setting } from "../../../kit/state/fields.ts";

const { layers, steps, learningRate, warmup } = NORM_PLACE_RANGES;

/** What the reader can set, for both models alike. */
export const fields = {
  warmup: setting(warmup, { initial: 0, max: 100, step: 10, unit: "步", hint: "学习率从 0 升到最高要多少步" }),
  layers: setting(layers, { initial: 6, max: 12, unit: "块" }),
  learningRate: setting(learningRate, { initial: 0.003, min: 0.0005, max: 0.02, step: 0.0005 }),
  steps: setting(steps, { initial: 160, min: 10, max: 400, step: 10, unit: "步" }),
  seed: seed(1),
};
