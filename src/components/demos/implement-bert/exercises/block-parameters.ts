import { checkBy, type NumberQuestion } from "../../../kit/exercise/number-question.ts";

/** BERT-base: Devlin et al. 2019. */
export const BASE = { width: 768, inner: 3072, heads: 12 } as const;

interface Shape {
  readonly width: number;
  readonly inner: number;
}

/** Parameters of one Transformer block: four linear layers of the attention, two of the feed-forward network, two layer norms. */
export function blockParameters({ width, inner }: Shape): number {
  const linear = (from: number, to: number): number => from * to + to;
  return 4 * linear(width, width) + linear(width, inner) + linear(inner, width) + 2 * (2 * width);
}

const ALL = blockParameters(BASE);
const SQUARE = BASE.width * BASE.width + BASE.width;
const NORMS = 4 * BASE.width;
const BIASES = 4 * BASE.width + BASE.inner + BASE.width;

/** The parameters of one block of BERT-base. */
export const BLOCK_PARAMETERS: NumberQuestion = {
  label: "一块的参数",
  example: 590_592,
  kind: "whole",
  check: checkBy({
    answer: ALL,
    right:
      "注意力 4 × (768² + 768) = 2362368，前馈 768 × 3072 + 3072 + 3072 × 768 + 768 = 4722432，两个层归一化 4 × 768 = 3072。",
    mistakes: [
      [ALL - NORMS, "还差两个层归一化：每个有 gain 和 bias，各 768 个数。"],
      [ALL - BIASES, "线性层都有偏置：每个输出一个数。"],
      [ALL - BIASES - NORMS, "只数了矩阵。线性层的偏置、两个层归一化的 gain 和 bias 也是参数。"],
      [ALL - SQUARE, "注意力有四个线性层：查询、键、值之外，还有输出投影。"],
      [ALL - 2 * BASE.width, "层归一化有两个，一个在注意力后面，一个在前馈网络后面。"],
      [ALL + 3 * (BASE.heads - 1) * SQUARE, "头数不用乘：十二个头合用那三个 768 × 768 的矩阵，每头只占其中 64 列。"],
      [12 * ALL, "这是十二块的总数。题目问的是一块。"],
    ],
    otherwise: (value) => `${value < ALL ? "少了" : "多了"}。对着上面的参数表，一项一项换成 768 和 3072。`,
  }),
};
