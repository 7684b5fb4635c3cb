import { generalizedAdvantages } from "../../../../engine/rl/gae.ts";
import { checkBy, type NumberQuestion } from "../../../kit/exercise/number-question.ts";
import { formatNumber } from "../../../kit/text/format.ts";

/** Three steps, then the pole falls. */
const REWARDS = [1, 1, 1];
const VALUES = [2, 1.5, 0.5];
const DISCOUNT = 0.9;
const LAMBDA = 0.5;

/** The first step's advantage, as the engine computes it. */
function firstAdvantage(lambda: number): number {
  const trajectory = {
    sequences: 1,
    rewards: Float32Array.from(REWARDS),
    values: Float32Array.from(VALUES),
    nextValues: Float32Array.from([...VALUES.slice(1), 0]),
    ends: Uint8Array.of(0, 0, 1),
  };
  return generalizedAdvantages(trajectory, { discount: DISCOUNT, lambda }).advantages[0]!;
}

/** An advantage by hand. */
export const GAE: NumberQuestion = {
  label: "第一步的优势",
  example: 0.5,
  check: checkBy({
    answer: firstAdvantage(LAMBDA),
    tolerance: 0.001,
    right: `从后往前：0.5，−0.05 + 0.45 × 0.5 = 0.175，0.35 + 0.45 × 0.175 = ${formatNumber(firstAdvantage(LAMBDA), 4)}。`,
    mistakes: [
      [firstAdvantage(0), "这是 λ = 0 的答案：只看了一步。后面的 δ 还要按 γλ = 0.45 打折加进来。"],
      [firstAdvantage(1), "这是 λ = 1 的答案。每往后一步，要乘的是 γλ = 0.45，不是 γ。"],
    ],
    otherwise: "先算三个 δ，从最后一个开始。杆子倒了以后什么也没有，最后一步的 V(s′) 是 0。",
  }),
};
