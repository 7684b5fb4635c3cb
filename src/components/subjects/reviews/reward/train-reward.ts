import type { EngineCalls } from "../../../../engine/client.ts";
import {
  REWARD_MODEL_DEFAULTS,
  type RewardModelMetrics,
  type RewardModelSettings,
} from "../../../../engine/experiments/reward-model.ts";
import { RLHF_DEFAULTS } from "../../../../engine/experiments/rlhf-settings.ts";
import type { RewardHead } from "../../../../engine/experiments/text-features.ts";
import { writeCandidates } from "../candidates.ts";
import { groupsOf, promptsOf } from "../labels/groups.ts";
import type { Rule } from "../labels/rules.ts";
import { ARTIFICIAL_SEED, GROUP_SIZE, rankingsBy } from "./artificial.ts";
import type { RewardFields } from "./fields.ts";
import { sentimentsOf } from "./sentiment.ts";

/** The settings of the experiment. */
export function rewardSettings(fields: RewardFields, rankings: RewardModelSettings["rankings"]): RewardModelSettings {
  const { steps, learningRate, weightDecay, heldOut } = fields;
  return { ...REWARD_MODEL_DEFAULTS, rankings, steps, learningRate, weightDecay, heldOut };
}

/** A reward model that a rule has taught, from the first review to the last step. */
export interface RewardTraining {
  readonly rankings: readonly (readonly string[])[];
  readonly records: readonly RewardModelMetrics[];
  readonly head: RewardHead;
}

/** Does all of it, while nobody watches. @throws EngineError why it has failed */
export async function trainReward(engine: EngineCalls, rule: Rule, fields: RewardFields): Promise<RewardTraining> {
  const { groups, length, seed } = fields;
  const prompts = promptsOf(RLHF_DEFAULTS.prompts, groups, GROUP_SIZE);
  const reviews = await writeCandidates(engine, prompts, length, ARTIFICIAL_SEED + seed);
  const rankings = await rankingsBy(rule, groupsOf(reviews, GROUP_SIZE), (texts) => sentimentsOf(texts, engine));
  const run = await engine.experiment("reward-model", rewardSettings(fields, rankings), seed);
  try {
    await run.start();
    if (run.error) throw run.error;
    const answer = await run.ask({ kind: "head" });
    if (answer.kind !== "head") throw new Error("an answer to another question");
    return { rankings, records: run.records, head: answer.head };
  } finally {
    await run.stop();
  }
}
