import type { Seq2SeqMetrics } from "../../../../engine/experiments/seq2seq.ts";
import { right, unusable, type Verdict, wrong } from "../../../kit/exercise/verdict.ts";
import { formatPercent } from "../../../kit/text/format.ts";
import { numberOf } from "../../../kit/text/number-of.ts";
import { shareEstimate } from "../../../kit/text/statistics.ts";

/** How far a guess may be off. */
const NEAR = 0.15;

/**
 * A guess of the share of the longest numbers that the LSTM without attention reads without a mistake, held against the reader's own training.
 *
 * @param last its last measurement, once all is over
 * @param digits of the longest number
 */
export function checkLongest(text: string, last: Seq2SeqMetrics | undefined, digits: number): Verdict {
  const value = numberOf(text);
  const guess = value === undefined ? undefined : value > 1 && !/[%％]/.test(text) ? value / 100 : value;
  if (guess === undefined || guess < 0 || guess > 1) return unusable("请写一个百分数，比如 50%。");
  const share = last && shareEstimate(last[`exact${digits}`] ?? 0, last[`asked${digits}`] ?? 0);
  if (!share) return unusable(`猜的是 ${formatPercent(guess)}，先放在这里。到上面点「开始」，三个都训练完了再来检查。`);
  const measured = `没有注意力的 LSTM，${digits} 位的数读对了 ${formatPercent(share.value)}，95% 区间是 ${formatPercent(share.low)} 到 ${formatPercent(share.high)}`;
  if (Math.abs(guess - share.value) <= NEAR) return right(`${measured}。`);
  return wrong(`${measured}，你猜${guess < share.value ? "低" : "高"}了。`);
}
