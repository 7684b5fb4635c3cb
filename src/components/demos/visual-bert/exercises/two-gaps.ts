import { checkBy, type NumberQuestion } from "../../../kit/exercise/number-question.ts";

/** Two gaps that are guessed each by itself: half of the texts have 电话, half 篮球, so 电球, which is no word, gets one half times one half. */
export const TWO_GAPS: NumberQuestion = {
  label: "填成「电球」的概率（百分之几）",
  example: 10,
  kind: "percent",
  check: checkBy({
    answer: 25,
    right:
      "第一个空是「电」的概率 50%，第二个空是「球」的概率 50%，各猜各的，乘起来 25%。「电球」语料里没有，却和「电话」一样多。",
    mistakes: [
      [0, "语料里没有，可是模型两个空分开猜：它猜第二个空时，不知道自己第一个空猜了什么。"],
      [50, "50% 是一个空的。两个空要同时猜成这样。"],
    ],
    otherwise: "先写下每个空单独的概率，再想两个空是不是互不相干。",
  }),
};
