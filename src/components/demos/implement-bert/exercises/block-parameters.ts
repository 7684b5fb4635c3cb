import { right, unusable, type Verdict, wrong } from "../../../kit/exercise/verdict.ts";

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

/** What the usual slips come to. */
function slips({ width, inner }: Shape, heads: number): readonly (readonly [number, string])[] {
  const all = blockParameters({ width, inner });
  const square = width * width + width;
  const norms = 4 * width;
  const biases = 4 * width + inner + width;
  return [
    [all - norms, "还差两个层归一化：每个有 gain 和 bias，各 768 个数。"],
    [all - biases, "线性层都有偏置：每个输出一个数。"],
    [all - biases - norms, "只数了矩阵。线性层的偏置、两个层归一化的 gain 和 bias 也是参数。"],
    [all - square, "注意力有四个线性层：查询、键、值之外，还有输出投影。"],
    [all - 2 * width, "层归一化有两个，一个在注意力后面，一个在前馈网络后面。"],
    [all + 3 * (heads - 1) * square, "头数不用乘：十二个头合用那三个 768 × 768 的矩阵，每头只占其中 64 列。"],
    [12 * all, "这是十二块的总数。题目问的是一块。"],
  ];
}

/** Whether the answer is the number of parameters of one block of BERT-base. */
export function checkBlockParameters(answer: string): Verdict {
  // Full-width digits, and the commas and spaces by which people group digits.
  const text = answer.normalize("NFKC").replaceAll(/[\s,_]/g, "");
  if (!/^\d+$/.test(text)) return unusable("请写一个整数，比如 590592。");
  const value = Number(text);
  const all = blockParameters(BASE);
  if (value === all) {
    return right(
      "注意力 4 × (768² + 768) = 2362368，前馈 768 × 3072 + 3072 + 3072 × 768 + 768 = 4722432，两个层归一化 4 × 768 = 3072。",
    );
  }
  const slip = slips(BASE, BASE.heads).find(([sum]) => sum === value);
  if (slip) return wrong(slip[1]);
  return wrong(
    value < all
      ? "少了。对着上面的参数表，一项一项换成 768 和 3072。"
      : "多了。对着上面的参数表，一项一项换成 768 和 3072。",
  );
}
