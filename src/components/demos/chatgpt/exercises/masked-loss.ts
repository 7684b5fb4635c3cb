import { checkBy, type NumberQuestion } from "../../../kit/exercise/number-question.ts";
import { formatNumber } from "../../../kit/text/format.ts";
import { TOKENS } from "./tokens.ts";

/** The mean of −ln p over some of the tokens of the exercise. */
function meanLoss(tokens: typeof TOKENS): number {
  return tokens.reduce((sum, { probability }) => sum - Math.log(probability), 0) / tokens.length;
}

const learnt = TOKENS.filter(({ given }) => !given);
const LOSS = meanLoss(learnt);
const SUM = LOSS * learnt.length;
const WITH_INSTRUCTION = "把指令的词元也算进去了。";

/** The masked loss of one example, in nats per token. */
export const MASKED_LOSS: NumberQuestion = {
  label: "损失（纳特每词元）",
  example: 0.9,
  check: checkBy({
    answer: LOSS,
    tolerance: 0.006,
    right: `0.5 × 0.25 × 0.8 × 0.1 = 0.01，−ln 0.01 = ${formatNumber(SUM, 3)}，除以 4 是 ${formatNumber(LOSS, 3)}。`,
    mistakes: [
      [-LOSS, "符号反了：概率小于 1，对数是负的，损失要加一个负号。"],
      [SUM, "这是总和。还要除以算损失的词元的个数。"],
      [SUM / TOKENS.length, "不能除以全部词元的个数：给定的不算，分母里也没有它们。"],
      [meanLoss(TOKENS), WITH_INSTRUCTION],
      [meanLoss(TOKENS.slice(1)), WITH_INSTRUCTION],
      [meanLoss(learnt.slice(0, -1)), "漏了 [END]，它也是要学的。"],
    ],
    otherwise: "只看「白色。[END]」这四个词元，取 −ln p 的平均。",
  }),
};
