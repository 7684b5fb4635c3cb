import { expectation, klDivergence, tilt } from "../../../../engine/rl/tilt.ts";
import type { NumberQuestion } from "../../../kit/exercise/number-question.ts";
import { right, unusable, wrong } from "../../../kit/exercise/verdict.ts";
import { formatNumber, formatPercent } from "../../../kit/text/format.ts";

/** Three tokens of the model, and what they are worth. */
const REFERENCE: readonly number[] = [0.7, 0.2, 0.1];
const REWARDS: readonly number[] = [0, 1, 1];
const WANTED = 0.6;
const TOLERANCE = 0.005;
const LOGS = REFERENCE.map(Math.log);

/** How tight the penalty must be: the β that brings the mean reward to where it is wanted. */
export const BETA: NumberQuestion = {
  label: "β",
  example: 0.5,
  check: (beta) => {
    if (beta <= 0) return unusable("β 要大于 0。");
    const policy = tilt(LOGS, REWARDS, beta);
    const reward = expectation(policy, REWARDS);
    const said = `β = ${formatNumber(beta)} 时三个词元的概率是 ${[...policy].map((p) => formatPercent(p)).join("、")}，平均奖励 ${formatNumber(reward, 3)}，KL ${formatNumber(klDivergence(policy, LOGS), 3)} 纳特。`;
    if (Math.abs(reward - WANTED) <= TOLERANCE) {
      return right(`${said}后两个的赔率要从 0.3 : 0.7 变成 0.6 : 0.4，乘上 3.5，所以 1/β = ln 3.5，β ≈ 0.798。`);
    }
    return wrong(`${said}${reward < WANTED ? "约束还太紧，β 要更小。" : "约束太松，β 要更大。"}`);
  },
};
