import { type Confusion, measuresOf } from "../../../../engine/analysis/classification.ts";
import { checkBy, type NumberQuestion } from "../../../kit/exercise/number-question.ts";

/** Of sixty good texts forty are found, and ten bad ones with them. */
const FOUND: Confusion = { truePositive: 40, falsePositive: 10, falseNegative: 20, trueNegative: 30 };
const { accuracy, precision, recall, f1 } = measuresOf(FOUND);

export const F1: NumberQuestion = {
  label: "F1",
  example: 0.7,
  check: checkBy({
    answer: f1!,
    tolerance: 0.005,
    right: "精确率 40 ÷ 50 = 0.8，召回率 40 ÷ 60 约 0.667，调和平均是 2 × 40 ÷ (50 + 60)，约 0.727。",
    mistakes: [
      [accuracy!, "这是准确率：判对的占全部。F1 不数判对的差评。"],
      [(precision! + recall!) / 2, "这是算术平均。调和平均要用 2PR ÷ (P + R)，偏向小的那个。"],
      [precision!, "这是精确率，还要和召回率合起来。"],
      [recall!, "这是召回率，还要和精确率合起来。"],
    ],
    otherwise: "说是好评的有 50 条，真是好评的有 60 条，两边都占的有 40 条。",
  }),
};
