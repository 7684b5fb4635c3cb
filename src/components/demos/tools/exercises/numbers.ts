import { softmax } from "../../../../engine/decoding/softmax.ts";
import { checkBy, type NumberQuestion } from "../../../kit/exercise/number-question.ts";

/** Scores of a query with three keys, and the weight of the last of them. */
const SCORES = [0, Math.LN2, Math.log(4)];
const last = softmax(Float32Array.from(SCORES))[2]!;

export const SELF_ATTENTION: NumberQuestion = {
  kind: "share",
  label: "第三个词元的权重",
  example: 0.4,
  check: checkBy({
    answer: last,
    tolerance: 0.002,
    right: "三个分数取指数是 1、2、4，加起来 7，第三个占 4/7。权重说从哪里取，取来的是值向量。",
    mistakes: [
      [SCORES[2]! / (SCORES[1]! + SCORES[2]!), "分数要先取指数，再除以总和，才是 softmax。"],
      [1, "最大的不是全拿：softmax 按指数分，别的词元也有一份。"],
    ],
    otherwise: "先把三个分数取指数，再看第三个占总和的几分之几。",
  }),
};

/** The slope of f(x) = x³ at some point between the baseline 0 and the text 1. */
const slope = (x: number): number => 3 * x ** 2;

export const TWO_STEPS: NumberQuestion = {
  label: "两步的积分梯度",
  example: 0.5,
  check: checkBy({
    answer: (slope(1 / 4) + slope(3 / 4)) / 2,
    tolerance: 0.001,
    right: "两个中点的斜率是 0.1875 和 1.6875，平均 0.9375。真正的差是 1，步数越多越接近它。",
    mistakes: [
      [slope(1), "这是梯度×输入：只用了原文那一点的斜率，是真正的差的三倍。"],
      [1, "这是步数无穷多的时候。只看两个点，还差一点。"],
      [slope(1 / 2), "这是一步，只看了正中间。两步看的是 1/4 和 3/4。"],
    ],
    otherwise: "两步的中点在 1/4 和 3/4。求出两处的斜率，取平均，再乘走过的路，也就是 1。",
  }),
};

/** Texts that exact Shapley values of so many tokens have to read, and how many are read in a second. */
const [TOKENS, A_SECOND] = [20, 1000];
const seconds = 2 ** TOKENS / A_SECOND;

export const EXACT_COST: NumberQuestion = {
  label: "要几分钟",
  example: 5,
  check: checkBy({
    answer: seconds / 60,
    tolerance: 0.1,
    right: "2 的 20 次方是 1,048,576 种遮法，约 1049 秒，也就是 17.5 分钟。每多一个词元就加一倍，所以长句子只能抽样。",
    mistakes: [seconds, Math.round(seconds)].map((value) => [value, "这是秒。再除以 60。"] as const),
    otherwise: "每个词元遮或者不遮，一共有 2 的 20 次方种遮法，每一种都要读一遍。",
  }),
};
