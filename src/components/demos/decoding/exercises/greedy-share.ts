import { checkBy, type NumberQuestion } from "../../../kit/exercise/number-question.ts";
import { bestText, greedyText, nextOf, TWO_STEPS } from "./toy.ts";

const [greedy, best] = [greedyText(TWO_STEPS), bestText(TWO_STEPS)];
const first = nextOf(TWO_STEPS, "");

/** How likely what greedy search writes is, as a share of what is likeliest. */
export const GREEDY_SHARE: NumberQuestion = {
  label: "贪心那首的概率 ÷ 最好那首的概率",
  example: 0.8,
  check: checkBy({
    answer: greedy.probability / best.probability,
    tolerance: 0.01,
    right: `「${greedy.text}」是 ${greedy.probability.toFixed(3)}，「${best.text}」是 ${best.probability.toFixed(3)}。第一步多占的那一点，不够补第二步的损失。`,
    mistakes: [
      [best.probability / greedy.probability, "除反了：要贪心那首除以最好那首。"],
      [first[greedy.text[0]!]! / first[best.text[0]!]!, "这只比了第一个字；要比两个字的乘积。"],
    ],
    otherwise: `贪心写的是「${greedy.text}」，最好的是「${best.text}」：在表里找到它们的乘积。`,
  }),
};
