import type { RlhfMetrics } from "../../../../../engine/experiments/rlhf-records.ts";
import { formatNumber } from "../../../../kit/text/format.ts";

/** A reward as stars: 0 is one, 1 is five. */
export function starsOf(reward: number): number {
  return 1 + 4 * reward;
}

/** What can be learned from these stars, before it is tried. */
export function foresee(stars: readonly (number | null)[]): string {
  const given = stars.filter((star) => star !== null);
  const counted = `打了 ${given.length} / ${stars.length} 条`;
  if (given.length === 0) return `${counted}。至少打一条；不打的那条，模型不拿来学。`;
  if (given.length > 1 && new Set(given).size === 1) {
    return `${counted}，全是 ${given[0]} 星：没有哪条比别的好，优势全是 0，这样学不到东西。至少要有两种星。`;
  }
  return `${counted}。`;
}

/** What one round of learning did. */
export function tellRound({ iteration, reward, epochs, updateKl, learningRate }: RlhfMetrics): string {
  const begun = `第 ${iteration} 轮平均 ${formatNumber(starsOf(reward ?? 0), 1)} 星`;
  if (epochs === 0) return `${begun}，每条都一样。优势全是 0，没有更新：权重一个也没动。`;
  if (learningRate === 0) return `${begun}。学习率是 0：梯度算了，权重一个也没动。`;
  return `${begun}，学了 ${epochs} 遍，策略挪了每词元 ${formatNumber(updateKl ?? 0, 4)} 纳特。`;
}
