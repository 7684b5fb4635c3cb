import type { NumberQuestion } from "../../../kit/exercise/number-question.ts";
import { right, unusable, wrong } from "../../../kit/exercise/verdict.ts";
import { formatPercent } from "../../../kit/text/format.ts";
import { probabilityAt } from "../judge/opinion.ts";

/** So many nats speak for the class that it chooses, sentence by sentence; and this share of them it gets right. */
const ODDS = 4;
const ACCURACY = 0.88;
/** How far from the share the confidence may be. */
const TOLERANCE = 0.005;

/** The temperature that makes a classifier say how often it is right. */
export const CALIBRATION: NumberQuestion = {
  label: "温度 τ",
  example: 1.5,
  check: (temperature) => {
    if (temperature <= 0) return unusable("温度要大于 0。");
    const confidence = probabilityAt(ODDS, temperature);
    const says = `τ = ${temperature} 时，它说 ${formatPercent(confidence)}`;
    if (Math.abs(confidence - ACCURACY) <= TOLERANCE) {
      return right(`${says}，和判对的 88 句相符。判对的句数没有变：温度只改把握，不改答案。`);
    }
    return wrong(`${says}，${confidence > ACCURACY ? "还是太有把握" : "又太没有把握"}。`);
  },
};
