import { checkBy, type NumberQuestion } from "../../../kit/exercise/number-question.ts";
import { formatPercent } from "../../../kit/text/format.ts";

/** What a model gives [END] at every step, before and after. */
const BEFORE = 0.002;
const AFTER = 0.02;
const STEPS = 80;

/** The probability that a text ends within so many steps. */
export function stopsWithin(end: number, steps: number): number {
  return 1 - (1 - end) ** steps;
}

const STOPS = stopsWithin(AFTER, STEPS);

/** How a small change of [END]'s probability adds up. */
export const STOPPING: NumberQuestion = {
  label: "80 个词元以内停下的概率（百分之几）",
  example: 50,
  kind: "percent",
  check: checkBy({
    answer: 100 * STOPS,
    tolerance: 0.6,
    right: `80 步都不停的概率是 0.98 的 80 次方，约 ${formatPercent(1 - STOPS)}。[END] 的概率从 0.2% 变成 2%，每一步都看不大出来，停下的却从 ${formatPercent(stopsWithin(BEFORE, STEPS))} 变成 ${formatPercent(STOPS)}。`,
    mistakes: [
      [100 * (1 - STOPS), "这是一直不停的概率。"],
      [100, "80 × 2% = 160%，概率不能这样加：停在第一步的，就没有第二步了。"],
      [100 * AFTER, "这是每一步的概率。80 步里只要有一步停下就行。"],
    ],
    otherwise: "先算每一步都不停的概率，80 个 0.98 乘起来。",
  }),
};
