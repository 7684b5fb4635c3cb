import type { InductionMetrics } from "../../../../engine/experiments/induction.ts";
import { right, unusable, type Verdict, wrong } from "../../../kit/exercise/verdict.ts";
import { numberOf } from "../../../kit/text/number-of.ts";

/** The share of its attention from which the best head counts as formed in the exercise. */
const HALF = 0.5;
/** Steps that a guess may be off. */
const NEAR = 50;

/** A guess of the step by which a head gives half of its attention to what followed before, held against the reader's own training. @param records of it, once it is over */
export function checkStep(text: string, records: readonly InductionMetrics[] | undefined): Verdict {
  const guess = numberOf(text);
  if (guess === undefined || guess < 0) return unusable("请写一个步数，比如 100。");
  if (records === undefined)
    return unusable(`猜的是第 ${guess} 步，先放在这里。换一个种子，点演示里的「开始」，练完了再来检查。`);
  const formed = records.find(({ prefix }) => prefix >= HALF);
  if (!formed) return unusable("这一次练完了，也没有一个头过一半。步数多给一些，或者换一个种子，再练一次。");
  const off = guess - formed.step;
  const measured = `最好的头在第 ${formed.step} 步的那次测量第一次过了一半`;
  if (Math.abs(off) <= NEAR) return right(`${measured}，和你猜的差不到 ${NEAR} 步。`);
  return wrong(`${measured}，你猜得太${off < 0 ? "早" : "晚"}了。`);
}
