import type { EngineCalls } from "../../../../engine/client.ts";
import { REWARD_MODEL_DEFAULTS, type RewardModelSettings } from "../../../../engine/experiments/reward-model.ts";
import { RLHF_DEFAULTS, type RlhfSettings } from "../../../../engine/experiments/rlhf-settings.ts";
import type { RewardHead } from "../../../../engine/experiments/text-features.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { groupsOf, promptsOf } from "../../../subjects/reviews/labels/groups.ts";
import { LABELLERS } from "../../../subjects/reviews/labels/rules.ts";
import { ARTIFICIAL_SEED, GROUP_SIZE, rankingsBy } from "../../../subjects/reviews/reward/artificial.ts";
import { sentimentsOf } from "../../../subjects/reviews/reward/sentiment.ts";
import type { WorkflowFields } from "./fields.ts";
import { type Round, roundOf } from "./rounds.ts";
import { rewardShown, type WorkflowShown } from "./shown.ts";

/** Enough for a rule that is easy to learn. */
export const REWARD_STEPS = 60;

/** PPO in the diagram. @param head of the reward model that the second step has trained; without, it goes by the built-in one */
export function loopSettings({ iterations, batch, length }: WorkflowFields, head?: RewardHead): RlhfSettings {
  const reward: RlhfSettings["reward"] = head ? { kind: "preference", head } : { kind: "sentiment" };
  return { ...RLHF_DEFAULTS, iterations, batch, length, reward };
}

/** By whose reward PPO goes, in words. @param trained what the second step has learned from */
export function judgeName(trained: string | undefined): string {
  return trained === undefined ? "内置的情感模型 sentiment-zh" : `第二步练的奖励模型（${trained}）`;
}

/** Both steps, one after the other, as a reader would start them: a rule ranks, the reward model learns, and PPO goes by it. */
export async function runBoth(
  { engine }: WorkContext<"writer" | "judge" | "reader">,
  settings: WorkflowFields,
): Promise<WorkflowShown> {
  const { labeller, seed } = settings;
  if (labeller === "reader") throw new Error("the reader's own rankings are his");
  const groups = await writeGroups(engine, settings);
  const rankings = await rankingsBy(labeller, groups, (texts) => sentimentsOf(texts, engine));
  const learning: RewardModelSettings = { ...REWARD_MODEL_DEFAULTS, steps: REWARD_STEPS, rankings };
  const reward = await engine.experiment("reward-model", learning, seed);
  try {
    await reward.start();
    const answer = await reward.ask({ kind: "head" });
    if (answer.kind !== "head") throw new Error("an answer to another question");
    const set = loopSettings(settings, answer.head);
    const loop = await engine.experiment("rlhf", set, seed);
    try {
      const rounds: Round[] = [];
      for (await loop.step(); loop.records.length > rounds.length; await loop.step()) {
        const round = await loop.ask({ kind: "round" });
        if (round.kind !== "round") throw new Error("an answer to another question");
        rounds.push(roundOf(loop.records.at(-1)!, round.reviews));
      }
      if (loop.error) throw loop.error;
      const { heldOut } = learning;
      return {
        reward: rewardShown({ rankings, byReader: false, stored: 0, heldOut, records: reward.records }),
        loop: {
          judge: judgeName(`${LABELLERS[labeller].label}，${rankings.length} 组`),
          ...{ iterations: set.iterations, klWeight: set.klWeight, rounds },
        },
      };
    } finally {
      await loop.stop();
    }
  } finally {
    await reward.stop();
  }
}

/** Reviews of the writer as it was shipped, in groups that begin alike. */
async function writeGroups(engine: EngineCalls, { groups, length, seed }: WorkflowFields) {
  const stars: RlhfSettings = { ...RLHF_DEFAULTS, reward: { kind: "stars" }, length };
  const writer = await engine.experiment("rlhf", stars, 0);
  try {
    const prompts = promptsOf(RLHF_DEFAULTS.prompts, groups, GROUP_SIZE);
    const asked = { prompts, reviews: prompts.length, seed: ARTIFICIAL_SEED + seed };
    const answer = await writer.ask({ kind: "write", who: "reference", ...asked });
    if (answer.kind !== "write") throw new Error("an answer to another question");
    return groupsOf(answer.reviews, GROUP_SIZE);
  } finally {
    await writer.stop();
  }
}
