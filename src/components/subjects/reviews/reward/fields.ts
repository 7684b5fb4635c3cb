import { REWARD_MODEL_DEFAULTS, REWARD_MODEL_RANGES } from "../../../../engine/experiments/reward-model.ts";
import { choice, integer, type StateOf, seed, settingFields } from "../../../kit/state/fields.ts";
import { fields } from "../fields.ts";
import { LABELLERS, RULES } from "../labels/rules.ts";

/** What the reader sets of a reward model. It begins with a rule, which everybody has: not everybody has ranked something. */
export const rewardFields = {
  labeller: choice({
    initial: "short",
    label: "照谁的排序学",
    options: ([...RULES, "reader"] as const).map((value) => ({ value, ...LABELLERS[value] })),
  }),
  groups: integer({ initial: 32, min: 2, max: 64, label: "规则排几组", unit: "组" }),
  length: fields.length,
  ...settingFields(REWARD_MODEL_RANGES, REWARD_MODEL_DEFAULTS, {
    heldOut: { label: "留出几成考它", step: 0.05 },
    steps: { max: 2000, unit: "步" },
    learningRate: { step: 1e-5, scale: "log" },
    weightDecay: { step: 0.1, hint: "把权重往 0 拉" },
  }),
  seed: seed(1),
};

export type RewardFields = Readonly<StateOf<typeof rewardFields>>;
