import { checkBy, type NumberQuestion } from "../../../kit/exercise/number-question.ts";

/** Log-odds of "good": with the character in at least one of two places, and in none. */
const [THERE, GONE] = [3, -3];

/** What a place adds when it comes first, and when the other one is there already. */
const [first, second] = [THERE - GONE, 0];

export const TWO_PLACES: NumberQuestion = {
  label: "一处「呢」的 Shapley 值",
  example: 1,
  check: checkBy({
    answer: (first + second) / 2,
    tolerance: 0.001,
    right: "先来加 6，后来加 0，平均 3。两处合起来正好是总的差 6。遮挡给两处的都是 0。",
    mistakes: [
      [second, "这是遮挡：另一处还在，少了这一处，什么也不变。还要算它先来的情形。"],
      [first, "这只是它先来的情形。另一处已经在的时候，它什么也不加。"],
      [GONE, "−3 是一个「呢」也没有时的对数几率。要看的是放进去以后变了多少。"],
    ],
    otherwise: "两处有两种先后。先来的加多少，后来的加多少？再平均。",
  }),
};
