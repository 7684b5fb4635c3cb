import { PPO_RANGES } from "../../../../engine/experiments/ppo-ranges.ts";
import { number, setting } from "../../../kit/state/fields.ts";

export const MAX_RATIO = 2;

export const fields = {
  ratio: number({ initial: 1.1, min: 0, max: MAX_RATIO, step: 0.01, label: "概率比 ρ" }),
  advantage: number({ initial: 1, min: -2, max: 2, step: 0.1, label: "优势 A" }),
  clipRange: setting(PPO_RANGES.clipRange, { initial: 0.2, min: 0.01, max: 0.9, step: 0.01 }),
};
