import { checkBy, type NumberQuestion } from "../../../kit/exercise/number-question.ts";

const [WIDTH, LENGTH] = [64, 9];

/** How many numbers an LSTM of one layer hands to the decoder, however long the source is. */
export const HANDED_OVER: NumberQuestion = {
  label: "多少个数",
  example: 100,
  kind: "whole",
  check: checkBy({
    answer: 2 * WIDTH,
    right: "隐藏状态 64 个，细胞状态 64 个，一共 128 个。原文只有两个字，也是 128 个；这就是瓶颈。",
    mistakes: [
      [WIDTH, "只数了隐藏状态。LSTM 还有一个细胞状态，两个都交给解码器。"],
      [LENGTH * WIDTH, "这是九个字的隐藏状态全都交出去，要有注意力才看得到。"],
      [2 * LENGTH * WIDTH, "只交最后一步的。前面八步的状态，没有注意力就没有人再看。"],
    ],
    otherwise: "只看最后一步：隐藏状态和细胞状态，各有多宽？",
  }),
};
