import { right, unusable, type Verdict, wrong } from "../../../kit/exercise/verdict.ts";
import { numberOf } from "../../../kit/text/number-of.ts";
import { fields } from "../goodhart/fields.ts";
import { bestMeant, betaName } from "../goodhart/measure.ts";
import { BETAS, type Optimised } from "../goodhart/write.ts";

const FINITE = BETAS.filter(Number.isFinite);

/** A guess of the β with the most poems that were meant. @param own the reader's poems, once they are all written */
export function checkBest(text: string, own: Optimised | undefined): Verdict {
  const guess = numberOf(text);
  if (guess === undefined || !FINITE.includes(guess)) return unusable(`请写演示里有的一个 β：${FINITE.join("、")}。`);
  if (!own || own.plan.liked === fields.liked.initial)
    return unusable(`猜的是 β = ${guess}，先放在这里。换一个喜欢的字，点演示里的「写诗」，写完了再来检查。`);
  const best = bestMeant(own.rows);
  if (!best || best.meant === 0) return unusable("这一次一首合意的也没有。多写几首，或者换一个常见的字。");
  const percent = (share: number): string => `${Math.round(100 * share)}%`;
  const yours = own.rows.find(({ beta }) => beta === guess)?.meant ?? 0;
  const measured = `最多的是${betaName(best.beta)}，${percent(best.meant)} 合意；你猜的 β = ${guess} 是 ${percent(yours)}`;
  return yours === best.meant ? right(`${measured}。`) : wrong(`${measured}。`);
}
