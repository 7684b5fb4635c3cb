import { bestOfN } from "../../../../engine/rl/best-of-n.ts";
import { checkBy, type NumberQuestion } from "../../../kit/exercise/number-question.ts";

const [one = 0, two = 0, , four = 0] = bestOfN([0.2, 0.4, 0.6, 0.8]);

/** The best of two out of four rewards, in the mean. */
export const BEST_OF_TWO: NumberQuestion = {
  label: "n = 2 的平均奖励",
  example: 0.3,
  check: checkBy({
    answer: two,
    tolerance: 0.005,
    right: "六对里的最大值是 0.4、0.6、0.8、0.6、0.8、0.8，平均 4/6。",
    mistakes: [
      [one, "这是一条的平均，也就是 n = 1。"],
      [four, "这是四条里最好的，也就是 n = 4。"],
    ],
    otherwise: "四条里取两条，有六种取法。每种留下大的，再平均。",
  }),
};
