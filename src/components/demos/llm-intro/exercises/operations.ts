import { checkBy, type NumberQuestion } from "../../../kit/exercise/number-question.ts";
import { PUBLISHED, type Published } from "../published.ts";
import { trainingOperations } from "../scale.ts";

const named = (wanted: string): Published => PUBLISHED.find(({ name }) => name === wanted)!;
const [llama, gpt3] = [named("Llama 3 405B"), named("GPT-3")];
/** How many times the training of GPT-3 that of Llama 3 took: 120 and a little. */
const ANSWER = trainingOperations(llama)! / trainingOperations(gpt3)!;

/** Compute is parameters times tokens, not one of them. */
export const OPERATIONS: NumberQuestion = {
  label: "多少倍",
  example: 10,
  check: checkBy({
    answer: ANSWER,
    tolerance: 3,
    right:
      "参数是 405 ÷ 175 ≈ 2.3 倍，词元是 15.6 万亿 ÷ 3000 亿 = 52 倍，相乘约 120 倍。多出来的计算大半花在读得更多上。",
    mistakes: [
      [llama.parameters / gpt3.parameters, "这是参数的倍数，词元也多了。"],
      [llama.tokens! / gpt3.tokens!, "这是词元的倍数，参数也多了。"],
    ],
    otherwise: "从表里读出两个模型的参数和词元，各乘成 6ND，再相除。",
  }),
};
