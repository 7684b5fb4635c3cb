import { softmax } from "../../../../engine/decoding/softmax.ts";
import { applyTemperature } from "../../../../engine/decoding/temperature.ts";
import type { NumberQuestion } from "../../../kit/exercise/number-question.ts";
import { right, unusable, wrong } from "../../../kit/exercise/verdict.ts";
import { formatPercent } from "../../../kit/text/format.ts";

/** One token above two equal ones, so that the answer can be found on paper: exp(2/τ) = 2. */
const LOGITS = Float32Array.of(2, 0, 0);
const WANTED = 0.5;
const TOLERANCE = 0.005;

/** The temperature at which the likeliest of three tokens has half of the probability; the engine's own filter decides. */
export const TEMPERATURE: NumberQuestion = {
  label: "温度 τ",
  example: 0.7,
  check: (temperature) => {
    if (temperature < 0) return unusable("温度不能是负数：那会把概率的大小次序倒过来。");
    const share = softmax(applyTemperature(LOGITS, temperature))[0]!;
    const said = `τ = ${temperature} 时，最大的占 ${formatPercent(share)}`;
    if (Math.abs(share - WANTED) <= TOLERANCE) {
      return right(`${said}。准确的值是 2 / ln 2 ≈ ${(2 / Math.LN2).toFixed(3)}：这时 e 的 2/τ 次方正好是 2。`);
    }
    return wrong(share > WANTED ? `${said}，还太尖：温度要再高一些。` : `${said}，太平了：温度要再低一些。`);
  },
};
