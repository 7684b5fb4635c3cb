import { EngineError } from "../errors.ts";
import type { ModelLaboratory } from "./experiment.ts";
import type { RewardSettings } from "./rlhf-settings.ts";
import { applyHead, type RewardHead, TextReader } from "./text-features.ts";

/** Says what finished reviews are worth. */
export interface Judge {
  /** One number for each text, the higher the better. */
  judge(texts: readonly string[]): Promise<readonly number[]>;
  dispose(): void;
}

/**
 * Who judges by these settings; null where the reader does.
 * @throws EngineError as `ModelLaboratory.open` and `TextReader.open`; `bad-input` for a reward model that does not fit its BERT
 */
export async function openJudge(laboratory: ModelLaboratory, reward: RewardSettings): Promise<Judge | null> {
  if (reward.kind === "stars") return null;
  const id = reward.kind === "sentiment" ? "sentiment-zh" : reward.head.model;
  const files = await laboratory.open(id);
  if (reward.kind === "preference") checkHead(reward.head.weights, files.config.width);
  const reader = TextReader.open(laboratory.backend, files);
  return {
    judge: (texts) =>
      reward.kind === "sentiment" ? reader.classProbabilities(texts, "good") : preferred(reader, texts, reward.head),
    dispose: () => reader.dispose(),
  };
}

// #region preference
/**
 * The reward of a reward model as a probability: σ(r), how likely the text is preferred to one that is as good as those that the reward model was
 * trained on in the mean. So that it lies between 0 and 1 as that of a classifier does, and a β means the same for both.
 */
async function preferred(reader: TextReader, texts: readonly string[], head: RewardHead): Promise<number[]> {
  const scores = applyHead(head, await reader.features(texts));
  return scores.map((score) => 1 / (1 + Math.exp(-score)));
}
// #endregion

function checkHead(weights: readonly number[], width: number): void {
  if (weights.length !== width)
    throw new EngineError("bad-input", `奖励模型有 ${weights.length} 个权重，要 ${width} 个`);
}

const MAX_STARS = 5;

// #region stars
/**
 * Rewards from stars: 1 → 0, 5 → 1, null where a text has none.
 * @throws EngineError `bad-input` for other numbers, or another number of them, or none at all
 */
export function starRewards(stars: readonly (number | null)[], texts: number): (number | null)[] {
  if (stars.length !== texts) throw new EngineError("bad-input", `有 ${texts} 条评论，打了 ${stars.length} 个分`);
  const bad = stars.find((star) => star !== null && !(Number.isInteger(star) && star >= 1 && star <= MAX_STARS));
  if (bad !== undefined) throw new EngineError("bad-input", `${bad} 颗星不在 1 到 ${MAX_STARS} 之间`);
  if (stars.every((star) => star === null)) throw new EngineError("bad-input", "至少要给一条评论打分");
  return stars.map((star) => (star === null ? null : (star - 1) / (MAX_STARS - 1)));
}
// #endregion

/** @throws EngineError `bad-input` if a reward is NaN or infinite: nothing can be learned from it */
export function checkRewards(rewards: readonly number[]): void {
  const bad = rewards.findIndex((reward) => !Number.isFinite(reward));
  if (bad >= 0) throw new EngineError("bad-input", `第 ${bad + 1} 条评论的奖励是 ${rewards[bad]}，要是有限的数`);
}
