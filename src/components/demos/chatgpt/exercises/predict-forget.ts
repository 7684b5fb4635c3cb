import { right, unusable, type Verdict, wrong } from "../../../kit/exercise/verdict.ts";
import { formatNumber, formatPercent } from "../../../kit/text/format.ts";
import { numberOf } from "../../../kit/text/number-of.ts";
import type { Lesser } from "../talk/converse.ts";

/** Percentage points that a guess may be off. */
const NEAR = 10;

/**
 * A guess, in percent, of how likely each token of the last answer still is once the first turn is not read, held against what the reader's own
 * conversation has given.
 * @param lesser of the reader's last run; `undefined` where there is none
 */
export function checkForgotten(text: string, lesser: readonly Lesser[] | undefined): Verdict {
  const value = numberOf(text);
  const guess = value !== undefined && /[%％]\s*$/u.test(text) ? 100 * value : value;
  if (guess === undefined || guess < 0 || guess > 100) return unusable("请写一个百分数，0 到 100，比如 50。");
  const [whole, without] = ["all" as const, 0].map((wanted) => lesser?.find(({ without }) => without === wanted));
  if (!whole || !without) {
    return unusable(`猜的是 ${formatNumber(guess)}%，先放在这里。点上面的链接设好谈话，让它答完，再来检查。`);
  }
  const [before, after] = [Math.exp(whole.logProb), Math.exp(without.logProb)];
  const off = guess - 100 * after;
  const measured = `读到第 1 轮的时候，每个词元的概率是 ${formatPercent(before)}；去掉它，是 ${formatPercent(after)}，它改答「${without.text}」`;
  if (Math.abs(off) <= NEAR) return right(`${measured}。和你猜的差不到 ${NEAR} 个百分点。`);
  return wrong(`${measured}。你猜得太${off < 0 ? "低" : "高"}了。`);
}
