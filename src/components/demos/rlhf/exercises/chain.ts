import type { Pair } from "../../../../engine/rl/bradley-terry.ts";
import { preference, zermelo } from "../../../../engine/rl/pair-scores.ts";
import { right, unusable, type Verdict, wrong } from "../../../kit/exercise/verdict.ts";
import { formatPercent } from "../../../kit/text/format.ts";

const times = (count: number, better: number, worse: number): Pair[] => new Array(count).fill({ better, worse });

/** Three answers: the first beat the second 3 : 1, the second the third 3 : 1; the first and the third never met. */
const PAIRS: readonly Pair[] = [...times(3, 0, 1), ...times(1, 1, 0), ...times(3, 1, 2), ...times(1, 2, 1)];
const TOLERANCE = 0.005;

/** What a fit to the comparisons says of the pair that never met. */
export function chainAnswer(): number {
  const [first = 0, , third = 0] = zermelo(3, PAIRS);
  return preference(first, third);
}

/** Whether the answer is P(first is preferred to third); a percentage is taken, too. */
export function checkChain(answer: string): Verdict {
  const text = answer.normalize("NFKC").trim();
  const value = text.endsWith("%") ? Number(text.slice(0, -1)) / 100 : Number(text);
  if (text === "" || text === "%" || !Number.isFinite(value)) return unusable("请写一个概率，比如 0.5 或 50%。");
  if (value < 0 || value > 1) return unusable("概率在 0 和 1 之间。");
  const is = (other: number): boolean => Math.abs(value - other) <= TOLERANCE;
  if (is(chainAnswer())) {
    return right(`3 : 1 就是 r 相差 ln 3。两段加起来是 2 ln 3 = ln 9，所以是 9 : 1，${formatPercent(chainAnswer())}。`);
  }
  if (is(0.75 * 0.75)) return wrong("这是把两个概率相乘。可是甲胜丙不必经过乙：相加的是分数之差，不是相乘的概率。");
  if (is(0.75)) return wrong("甲比乙好出 ln 3，乙又比丙好出 ln 3，甲和丙的差不止 ln 3。");
  if (is(0.5)) return wrong("没有直接比过，不等于什么也不知道：分数是连着的。");
  return wrong("先由 3 : 1 求 r 甲 − r 乙，再求 r 乙 − r 丙，相加，最后代进 σ。");
}
