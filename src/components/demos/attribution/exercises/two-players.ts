import { checkBy, type NumberQuestion } from "../../../kit/exercise/number-question.ts";

/** Log-odds of "good" of four texts: nothing can be read, only 不, only 好, both. */
const [NOBODY, NOT, GOOD, BOTH] = [0, -1, 2, -3];

/** What 不 adds when it comes first, and when it comes second. */
const [first, second] = [NOT - NOBODY, BOTH - GOOD];

export const TWO_PLAYERS: NumberQuestion = {
  label: "「不」的 Shapley 值",
  example: -2,
  check: checkBy({
    answer: (first + second) / 2,
    tolerance: 0.001,
    right: "先来加 −1，后来加 −5，平均 −3。「好」的是 0：先来加 2，后来减 2。两个加起来正好是 −3。",
    mistakes: [
      [second, "这是遮挡：只算了「好」已经在那里的情形。还要算「不」先来的情形。"],
      [first, "这只是「不」先来的情形。还要算它后来的情形，两种平均。"],
      [(BOTH - NOBODY) / 2, "这是把总的差平分给两个字。要看每个字在每种次序里加了多少。"],
    ],
    otherwise: "两个字有两种先后。在每一种里，「不」来的时候分数变了多少？再平均。",
  }),
};
