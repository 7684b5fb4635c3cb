import { generalizedAdvantages } from "../../../../engine/rl/gae.ts";
import { right, unusable, type Verdict, wrong } from "../../../kit/exercise/verdict.ts";
import { formatNumber } from "../../../kit/text/format.ts";

/** Three steps, then the pole falls. */
const REWARDS = [1, 1, 1];
const VALUES = [2, 1.5, 0.5];
const DISCOUNT = 0.9;
const LAMBDA = 0.5;
const TOLERANCE = 0.001;

/** The first step's advantage, as the engine computes it. @param end value of the state in which the episode ends */
function firstAdvantage(lambda: number, end = 0): number {
  const trajectory = {
    sequences: 1,
    rewards: Float32Array.from(REWARDS),
    values: Float32Array.from(VALUES),
    nextValues: Float32Array.from([...VALUES.slice(1), end]),
    ends: Uint8Array.of(0, 0, 1),
  };
  return generalizedAdvantages(trajectory, { discount: DISCOUNT, lambda }).advantages[0]!;
}

/** Whether the answer is the advantage of the first step. */
export function checkGae(answer: string): Verdict {
  // Full-width digits, as an input method may leave them, are digits, too.
  const text = answer.normalize("NFKC").trim();
  const value = Number(text);
  if (text === "" || !Number.isFinite(value)) return unusable("请写一个数，比如 0.5。");
  const is = (other: number): boolean => Math.abs(value - other) <= TOLERANCE;
  if (is(firstAdvantage(LAMBDA))) {
    return right(
      `从后往前：0.5，−0.05 + 0.45 × 0.5 = 0.175，0.35 + 0.45 × 0.175 = ${formatNumber(firstAdvantage(LAMBDA), 4)}。`,
    );
  }
  if (is(firstAdvantage(0))) return wrong("这是 λ = 0 的答案：只看了一步。后面的 δ 还要按 γλ = 0.45 打折加进来。");
  if (is(firstAdvantage(1))) return wrong("这是 λ = 1 的答案。每往后一步，要乘的是 γλ = 0.45，不是 γ。");
  return wrong("先算三个 δ，从最后一个开始。杆子倒了以后什么也没有，最后一步的 V(s′) 是 0。");
}
