import { right, unusable, type Verdict, wrong } from "../../../kit/exercise/verdict.ts";
import { formatPercent } from "../../../kit/text/format.ts";

/** What a model gives [END] at every step, before and after. */
const BEFORE = 0.002;
const AFTER = 0.02;
const STEPS = 80;

/** The probability that a text ends within so many steps. */
export function stopsWithin(end: number, steps: number): number {
  return 1 - (1 - end) ** steps;
}

/** @param answer a percentage, with or without its sign */
export function checkStopping(answer: string): Verdict {
  const text = answer.normalize("NFKC").replace("%", "").trim();
  const percent = Number(text);
  if (text === "" || !Number.isFinite(percent)) return unusable("请写一个百分数，比如 50。");
  if (percent < 0 || percent > 100) return unusable("概率在 0 和 100% 之间。");
  const is = (share: number): boolean => Math.abs(percent - 100 * share) <= 0.6;
  if (is(stopsWithin(AFTER, STEPS))) {
    return right(
      `80 步都不停的概率是 0.98 的 80 次方，约 ${formatPercent(1 - stopsWithin(AFTER, STEPS))}。[END] 的概率从 0.2% 变成 2%，每一步都看不大出来，停下的却从 ${formatPercent(stopsWithin(BEFORE, STEPS))} 变成 ${formatPercent(stopsWithin(AFTER, STEPS))}。`,
    );
  }
  if (is(1 - stopsWithin(AFTER, STEPS))) return wrong("这是一直不停的概率。");
  if (is(1)) return wrong("80 × 2% = 160%，概率不能这样加：停在第一步的，就没有第二步了。");
  if (is(AFTER)) return wrong("这是每一步的概率。80 步里只要有一步停下就行。");
  return wrong("先算每一步都不停的概率，80 个 0.98 乘起来。");
}
