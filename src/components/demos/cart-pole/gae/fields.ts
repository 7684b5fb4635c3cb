import { PPO_RANGES } from "../../../../engine/experiments/ppo-ranges.ts";
import { seed, setting, text } from "../../../kit/state/fields.ts";
import { SMALL_EXAMPLE, writeNumbers } from "./episode.ts";

export const fields = {
  lambda: setting(PPO_RANGES.lambda, { initial: 0.95, step: 0.01 }),
  discount: setting(PPO_RANGES.discount, { initial: 1, step: 0.01 }),
  // The table, so that a link leads to the same numbers.
  rewards: text({ initial: writeNumbers(SMALL_EXAMPLE.rewards), maxLength: 400 }),
  values: text({ initial: writeNumbers(SMALL_EXAMPLE.values), maxLength: 400 }),
  seed: seed(1),
};
