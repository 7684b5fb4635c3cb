import type { RewardModelMetrics } from "../../../../engine/experiments/reward-model.ts";
import { formatNumber, formatPercent } from "../../../kit/text/format.ts";
import type { Round } from "./rounds.ts";

/** What runs now, on the boxes themselves: a few words for each part that runs. */
export type Readings = Readonly<
  Record<"samples" | "comparisons" | "reward-model" | "rollout" | "penalty" | "advantages" | "update", string>
>;

/** Before anything has run. */
export const IDLE: Readings = {
  samples: "还没有写",
  comparisons: "还没有排",
  "reward-model": "还没有练",
  rollout: "还没有写",
  penalty: "还没有打分",
  advantages: "还没有算",
  update: "还没有开始",
};

/** Characters of a review on its box. */
const MAX_TEXT = 14;

/** What the second step has done so far. */
interface RewardProgress {
  /** Rankings that are learned from. */
  readonly rankings: readonly (readonly string[])[];
  readonly byReader: boolean;
  /** Rankings that the reader has stored in 10.6. */
  readonly stored: number;
  readonly record: RewardModelMetrics | undefined;
}

export type RewardReadings = Pick<Readings, "samples" | "comparisons" | "reward-model">;

export function rewardReadings({ rankings, byReader, stored, record }: RewardProgress): RewardReadings {
  const count = rankings.length;
  const waiting = stored > 0 ? `你在 10.6 排过 ${stored} 组` : IDLE.comparisons;
  return {
    samples: count > 0 ? `${count} 组评论` : IDLE.samples,
    comparisons: count > 0 ? `${byReader ? "你" : "规则"}排了 ${count} 组` : waiting,
    "reward-model": record
      ? `第 ${record.step} 步，损失 ${formatNumber(record.loss, 2)}${
          record.heldOutAccuracy === null ? "" : `，没学过的对 ${formatPercent(record.heldOutAccuracy)}`
        }`
      : IDLE["reward-model"],
  };
}

export type LoopReadings = Omit<Readings, keyof RewardReadings>;

/** @param klWeight β */
export function loopReadings(round: Round | undefined, klWeight: number): LoopReadings {
  if (!round) {
    const { rollout, penalty, advantages, update } = IDLE;
    return { rollout, penalty, advantages, update };
  }
  const { iteration, reward, kl, clipFraction, updateKl, extremes, reviews } = round;
  const [review] = reviews;
  return {
    rollout: `第 ${iteration} 轮${review ? `：「${shorten(review.text)}」` : ""}`,
    penalty: `${formatNumber(reward ?? 0, 2)} − ${formatNumber(klWeight * kl, 3)}`,
    advantages: extremes
      ? `${formatNumber(extremes.min.advantage, 2)} … ${formatNumber(extremes.max.advantage, 2)}`
      : IDLE.advantages,
    update:
      clipFraction === null || updateKl === null
        ? "奖励全一样，没有学"
        : `截断 ${formatPercent(clipFraction)}，KL ${formatNumber(updateKl, 4)}`,
  };
}

function shorten(text: string): string {
  const characters = [...text];
  return characters.length > MAX_TEXT ? `${characters.slice(0, MAX_TEXT).join("")}…` : text;
}

/** The numbers of a box of the third step in a sentence. */
export function tellPart(part: string, round: Round, klWeight: number): string {
  const { iteration, written, reward, kl, clipFraction, updateKl, epochs, entropy, extremes } = round;
  switch (part) {
    case "rollout":
      return `第 ${iteration} 轮写了 ${written} 条，熵是每个词元 ${formatNumber(entropy, 2)} 纳特。`;
    case "penalty": {
      const cost = klWeight * kl;
      return `平均奖励 ${formatNumber(reward ?? 0, 3)}。一条评论离参照 ${formatNumber(kl, 2)} 纳特，β 是 ${klWeight}，扣 ${formatNumber(cost, 3)}，净得 ${formatNumber((reward ?? 0) - cost, 3)}。`;
    }
    case "advantages": {
      if (!extremes) return "";
      const { min, max } = extremes;
      return `最比料想好的词元是「${max.token}」，优势 ${formatNumber(max.advantage, 2)}；最不如料想的是「${min.token}」，${formatNumber(min.advantage, 2)}。优势在这一轮里归一化过。`;
    }
    default:
      return clipFraction === null || updateKl === null
        ? "这一轮的奖励全一样，没有哪条比别的好，权重一个也没动。"
        : `同一批评论用了 ${epochs} 遍；策略挪了每个词元 ${formatNumber(updateKl, 4)} 纳特，${formatPercent(clipFraction)} 的词元的比值超出 1 ± ε。`;
  }
}
