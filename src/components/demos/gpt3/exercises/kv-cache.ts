import { checkBy, type NumberQuestion } from "../../../kit/exercise/number-question.ts";
import { PRESETS } from "../calculator/presets.ts";
import { costsOf } from "../calculator/sizes.ts";

const GPT3 = PRESETS.find(({ name }) => name === "GPT-3 175B")!;
const GB = 1e9;
const inFull = (costsOf(GPT3, "F16").cache! * GPT3.positions) / GB;

/** What GPT-3 keeps of a full context, in gigabytes. */
export const KV_CACHE: NumberQuestion = {
  label: "多少 GB",
  example: 1,
  check: checkBy({
    answer: inFull,
    tolerance: 0.1,
    right: "每一层，每个词元留一行键、一行值：2 × 96 × 12288 个数，每个 2 字节，4.7 MB；2048 个词元是 9.7 GB。",
    mistakes: [
      [inFull / 2, "少了一半：键和值都要留，或者每个数是 2 个字节。"],
      [2 * inFull, "多了一倍：F16 的一个数是 2 个字节。"],
      [inFull / GPT3.layers, "这是一层的。每一层都有自己的键和值。"],
      [costsOf(GPT3, "F16").cache! / GB, "这是一个词元的。题目问读满 2048 个词元。"],
    ],
    otherwise: "键和值各是一行 12288 个数，有 96 层，2048 个词元，每个数 2 个字节：都乘起来。",
  }),
};
