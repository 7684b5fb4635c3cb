import type { Pair } from "../../../../engine/rl/bradley-terry.ts";
import { preference, zermelo } from "../../../../engine/rl/pair-scores.ts";
import { checkBy, type NumberQuestion } from "../../../kit/exercise/number-question.ts";
import { formatPercent } from "../../../kit/text/format.ts";

const times = (count: number, better: number, worse: number): Pair[] => new Array(count).fill({ better, worse });

/** Three answers: the first beat the second 3 : 1, the second the third 3 : 1; the first and the third never met. */
const PAIRS: readonly Pair[] = [...times(3, 0, 1), ...times(1, 1, 0), ...times(3, 1, 2), ...times(1, 2, 1)];

/** What a fit to the comparisons says of the pair that never met: P(first is preferred to third). */
export function chainAnswer(): number {
  const [first = 0, , third = 0] = zermelo(3, PAIRS);
  return preference(first, third);
}

/** How sure a fit is of a pair that never met. */
export const CHAIN: NumberQuestion = {
  label: "甲胜丙的概率",
  example: 0.5,
  kind: "share",
  check: checkBy({
    answer: chainAnswer(),
    tolerance: 0.005,
    right: `3 : 1 就是 r 相差 ln 3。两段加起来是 2 ln 3 = ln 9，所以是 9 : 1，${formatPercent(chainAnswer())}。`,
    mistakes: [
      [0.75 * 0.75, "这是把两个概率相乘。可是甲胜丙不必经过乙：相加的是分数之差，不是相乘的概率。"],
      [0.75, "甲比乙好出 ln 3，乙又比丙好出 ln 3，甲和丙的差不止 ln 3。"],
      [0.5, "没有直接比过，不等于什么也不知道：分数是连着的。"],
    ],
    otherwise: "先由 3 : 1 求 r 甲 − r 乙，再求 r 乙 − r 丙，相加，最后代进 σ。",
  }),
};
