import { attentionSheet } from "../../../../engine/analysis/attention-sheet.ts";
import { checkBy, type NumberQuestion } from "../../../kit/exercise/number-question.ts";

/** A query of width 4 whose products with two keys are 4 and 0. */
const QUERY = {
  tokens: 2,
  width: 4,
  q: [1, 1, 1, 1, 0, 0, 0, 0],
  k: [1, 1, 1, 1, 0, 0, 0, 0],
  v: [0, 0, 0, 0, 0, 0, 0, 0],
};
const firstWeight = (d: number): number => attentionSheet(QUERY, d, () => false).weights[0]!;

export const TWO_KEYS: NumberQuestion = {
  label: "第一个键的权重",
  example: 0.7,
  kind: "share",
  check: checkBy({
    answer: firstWeight(4),
    tolerance: 0.005,
    right: "4 除以 √4 是 2，0 还是 0。e² 约 7.39，e⁰ 是 1，7.39 ÷ 8.39 约 0.88。",
    mistakes: [
      [firstWeight(1), "这是没有除以 √d 的答案。d 是 4，先除以 2。"],
      [firstWeight(16), "这是除以了 d。要除以它的平方根。"],
      [1, "softmax 从不把全部都给一个键，别的键总还有一点。"],
    ],
    otherwise: "先把两个点积都除以 √4，再各取 e 的那么多次方，看第一个占多少。",
  }),
};
