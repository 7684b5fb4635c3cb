import type { RlhfMetrics } from "../../../../engine/experiments/rlhf-records.ts";
import { right, unusable, type Verdict, wrong } from "../../../kit/exercise/verdict.ts";
import { formatNumber } from "../../../kit/text/format.ts";
import { numberOf } from "../../../kit/text/number-of.ts";

/** How far a guess may be off. */
const NEAR = 0.05;

/** A guess of the mean reward of the last round. @param records of the reader's own training, once it is over */
export function checkReward(text: string, records: readonly RlhfMetrics[] | undefined): Verdict {
  const guess = numberOf(text);
  if (guess === undefined || guess < 0 || guess > 1) return unusable("请写一个 0 到 1 之间的数，比如 0.6。");
  const last = records?.findLast(({ reward }) => reward !== null);
  if (!last || last.reward === null)
    return unusable(`猜的是 ${formatNumber(guess)}，先放在这里。点演示里的「开始」，练完了再来检查。`);
  const measured = `第 ${last.iteration} 轮的平均奖励是 ${formatNumber(last.reward, 2)}`;
  if (Math.abs(guess - last.reward) <= NEAR) return right(`${measured}，和你猜的相差不到 ${NEAR}。`);
  return wrong(`${measured}，你猜得太${guess < last.reward ? "低" : "高"}了。`);
}
