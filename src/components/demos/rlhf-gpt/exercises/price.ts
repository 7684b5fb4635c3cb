import type { NumberQuestion } from "../../../kit/exercise/number-question.ts";
import { right, wrong } from "../../../kit/exercise/verdict.ts";
import { formatNumber } from "../../../kit/text/format.ts";

/** Two ends of a training: where the penalty makes them worth the same. */
const BEFORE = 0.5;
const AFTER = 0.9;
const KL = 8;

/** Which β makes a reward gained worth exactly the way to it. */
export const PRICE: NumberQuestion = {
  label: "β",
  example: 0.1,
  check: (beta) => {
    if (Math.abs(beta - (AFTER - BEFORE) / KL) < 0.0005) {
      return right("涨了 0.4，走了 8 纳特：每纳特值 0.05。β 比这大，原地不动更合算。");
    }
    const net = AFTER - beta * KL;
    return wrong(
      `这个 β 下，练过的净得 ${formatNumber(net, 3)}，没练的净得 ${formatNumber(BEFORE, 3)}，${net > BEFORE ? "还是练过的合算" : "反而不如没练的"}。`,
    );
  },
};
