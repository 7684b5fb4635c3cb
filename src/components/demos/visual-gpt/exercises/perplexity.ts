import { mean } from "../../../../engine/statistics.ts";
import { checkBy, type NumberQuestion } from "../../../kit/exercise/number-question.ts";

const PROBABILITIES = [0.5, 0.25, 0.5, 0.25];
const loss = mean(PROBABILITIES.map((probability) => -Math.log(probability)));

export const PERPLEXITY: NumberQuestion = {
  label: "困惑度",
  example: 5,
  check: checkBy({
    answer: Math.exp(loss),
    tolerance: 0.02,
    right: "四个概率的几何平均是 0.354，困惑度是它的倒数。",
    mistakes: [
      [1 / mean(PROBABILITIES), "这是算术平均的倒数。对数的平均，对应的是几何平均。"],
      [loss, "这是损失，还要取指数。"],
      [
        mean(PROBABILITIES.map((probability) => 1 / probability)),
        "这是各步 1/p 的平均。要先取对数，平均以后再取指数。",
      ],
    ],
    otherwise: "先算四个 −ln p 的平均，再取指数。",
  }),
};
