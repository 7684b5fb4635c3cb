import type { RewardModelMetrics } from "../../../../engine/experiments/reward-model.ts";
import { formatPercent } from "../../../kit/text/format.ts";
import { type Estimate, shareEstimate } from "../../../kit/text/statistics.ts";

/** Rankings that are kept back, as the experiment rounds them. */
export function heldOutRankings(rankings: number, share: number): number {
  return Math.round(share * rankings);
}

/** How well the reward model does on what it has not learned from, and how little that may mean. */
export function tellAccuracy(record: RewardModelMetrics, rankings: number): string {
  const { heldOutAccuracy: share, heldOutPairs: pairs } = record;
  if (share === null) return "没有留出来考的排序，准不准不知道：至少要 2 组，留出的比例也不能是 0。";
  const byPair = shareEstimate(share * pairs, pairs);
  const byRanking = shareEstimate(share * rankings, rankings);
  if (!byPair || !byRanking) return "";
  const range = ({ low, high }: Estimate): string => `${formatPercent(low)}–${formatPercent(high)}`;
  const verdict =
    byPair.low > 0.5
      ? byRanking.low > 0.5
        ? "怎么算都比抛硬币好。"
        : "按对算比抛硬币好，按组算还说不准。"
      : byPair.high < 0.5
        ? "比抛硬币还差：它学到的不是你的口味。"
        : "50% 还在区间里：说不准它比抛硬币好。";
  return `没学过的 ${rankings} 组 ${pairs} 对里，猜对 ${formatPercent(share)}，95% 区间 ${range(byPair)}。同一组的几对彼此牵连，只当 ${rankings} 次算，是 ${range(byRanking)}。${verdict}`;
}

/** What rankings there are to learn from; undefined if it is enough to begin. */
export function missing(rankings: number): string | undefined {
  return rankings === 0 ? "还没有排序可学。先在上面排几组，或者在「照谁的排序学」里选一条规则。" : undefined;
}
