import { breakEven } from "../../../../engine/experiments/best-of-n-comparison.ts";
import { checkBy, type NumberQuestion } from "../../../kit/exercise/number-question.ts";

/** Seconds of a training, and of a review; and of how many the best is taken. */
const TRAINING = 120;
const PER_REVIEW = 0.05;
const N = 6;

/** After how many reviews a training has paid, against the best of six. */
export const COST: NumberQuestion = {
  label: "条数",
  example: 100,
  check: checkBy({
    answer: breakEven(TRAINING, N, PER_REVIEW),
    tolerance: 0.5,
    right: "每条省下 5 次，也就是 0.25 秒；120 秒省 480 回。",
    mistakes: [[TRAINING / (N * PER_REVIEW), "练过的模型自己也要写一条：每条省下的是 5 次，不是 6 次。"]],
    otherwise: "先算每要一条好评，6 条里挑一条比练过的模型多写几条，多花几秒。",
  }),
};
