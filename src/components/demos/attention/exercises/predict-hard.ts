import type { SoftmaxScaleMetrics } from "../../../../engine/experiments/softmax-scale.ts";
import { right, unusable, type Verdict, wrong } from "../../../kit/exercise/verdict.ts";
import { formatPercent } from "../../../kit/text/format.ts";
import { numberOf } from "../../../kit/text/number-of.ts";

/** The width that is asked about, and how far a guess may be off. */
export const WIDTH = 256;
const NEAR = 0.1;

/** A guess of the largest weight of an unscaled softmax, held against what the reader's own draws gave. */
export function checkHard(text: string, records: readonly SoftmaxScaleMetrics[]): Verdict {
  const guess = numberOf(text);
  if (guess === undefined || guess < 0 || guess > 1) return unusable("权重在 0 到 1 之间，比如 0.3，也可以写 30%。");
  const measured = records.find(({ width }) => width === WIDTH);
  if (!measured) {
    return unusable(`猜的是 ${formatPercent(guess)}，先放在这里。到上面点「开始」，画到 d = ${WIDTH} 再来检查。`);
  }
  const { largestRaw, largestScaled } = measured;
  const said = `d = ${WIDTH}，不除，最大的权重平均是 ${formatPercent(largestRaw)}；除以 √d 只有 ${formatPercent(largestScaled)}`;
  if (Math.abs(guess - largestRaw) <= NEAR)
    return right(`${said}。分数的标准差是 √d，差一个标准差，e 的次方就差许多倍。`);
  return wrong(
    `${said}，你猜${guess < largestRaw ? "低" : "高"}了。分数的标准差是 √${WIDTH} = 16，最大的和第二大的常常差好几，而 e³ 已经是 20。`,
  );
}
