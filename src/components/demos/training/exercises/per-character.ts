import { checkBy, type NumberQuestion } from "../../../kit/exercise/number-question.ts";

/** Nats per token of a model, and characters per token. */
const [LOSS, CHARACTERS] = [3, 1.5];

/** A loss by the token, as bits by the character. */
export const PER_CHARACTER: NumberQuestion = {
  label: "每个字几比特",
  example: 2,
  check: checkBy({
    answer: LOSS / CHARACTERS / Math.LN2,
    tolerance: 0.02,
    right: "一个词元 3 纳特，摊到 1.5 个字上，一个字 2 纳特；除以 ln 2 ≈ 0.693，是 2.89 比特。",
    mistakes: [
      [LOSS / CHARACTERS, "这还是纳特。再除以 ln 2。"],
      [LOSS / Math.LN2, "这是每个词元的比特。一个词元有 1.5 个字。"],
      [(LOSS * CHARACTERS) / Math.LN2, "方向反了：词元越长，摊到每个字上的越少，要除以 1.5。"],
      [(LOSS / CHARACTERS) * Math.LN2, "纳特换成比特，数要变大：除以 ln 2，不是乘。"],
    ],
    otherwise: "先把 3 纳特摊到 1.5 个字上，再除以 ln 2。",
  }),
};
