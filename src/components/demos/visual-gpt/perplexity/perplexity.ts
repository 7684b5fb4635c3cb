import { EngineError } from "../../../../engine/errors.ts";
import type { EncodedText } from "../../../../engine/files/tokenizer.ts";
import { mean, sum } from "../../../../engine/statistics.ts";
import type { Column } from "../../../figures/data-table.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { formatNumber, formatPercent } from "../../../kit/text/format.ts";
import { visibleToken } from "../../../kit/text/token-text.ts";
import { encodeText } from "../own/encode.ts";

export const MODEL = "gpt-zh";

export interface Reading extends Pick<EncodedText, "unknown"> {
  /** What nothing predicts, as nothing stands before it: the first token of the text, where the model has no mark; else none. */
  readonly given: readonly string[];
  /** Behind that. */
  readonly tokens: readonly string[];
  /** [tokens] ln p of each token behind those before it. */
  readonly logProbs: readonly number[];
}

/**
 * How likely a GPT finds a text, token by token.
 * @throws EngineError as `encodeText` and `ModelCalls.logProbs`; `bad-input` for a text of one token before which nothing stands
 */
export async function read({ engine, model }: WorkContext, text: string): Promise<Reading> {
  const { ids, tokens, unknown, front } = await encodeText({ engine, model }, text);
  const first = Math.max(1, front);
  if (ids.length === first) {
    const detail = `这个模型没有放在开头的记号，「${visibleToken(tokens[0]!)}」前面没有东西，猜不了它。至少写两个词元`;
    throw new EngineError("bad-input", detail);
  }
  const logProbs = await engine.logProbs(model.id, ids.slice(0, first), ids.slice(first));
  return { unknown, given: tokens.slice(front, first), tokens: tokens.slice(first), logProbs };
}

/** Mean loss per token in nats, and e to that. */
export function lossOf({ logProbs }: Pick<Reading, "logProbs">): {
  readonly loss: number;
  readonly perplexity: number;
} {
  const loss = -mean(logProbs);
  return { loss, perplexity: Math.exp(loss) };
}

interface Step {
  /** In the text, from 1. */
  readonly place: number;
  readonly token: string;
  readonly probability: number;
  readonly loss: number;
  /** Of the text so far, this token included: the sum of the losses, which is −ln of the product of the probabilities. */
  readonly total: number;
}

export function stepsOf({ given, tokens, logProbs }: Reading): Step[] {
  return tokens.map((token, i) => ({
    place: given.length + i + 1,
    token: visibleToken(token),
    probability: Math.exp(logProbs[i]!),
    loss: -logProbs[i]!,
    total: -sum(logProbs.slice(0, i + 1)),
  }));
}

export const columns: readonly Column<Step>[] = [
  { head: "位置", cell: ({ place }) => place },
  { head: "词元", cell: ({ token }) => token },
  {
    head: "概率",
    cell: ({ probability }) => probability,
    print: formatPercent,
    bar: { length: ({ probability }) => probability },
  },
  { head: "−ln p", cell: ({ loss }) => loss, print: (loss) => formatNumber(loss, 2) },
  { head: "加到这里", cell: ({ total }) => total, print: (total) => formatNumber(total, 2) },
];

/** The whole text in words: the product of its probabilities, as the sum of their logarithms, and what is made of it. */
export function tellText(reading: Reading): string {
  const { loss, perplexity } = lossOf(reading);
  const { length } = reading.logProbs;
  const total = formatNumber(loss * length, 1);
  const alone = reading.given
    .map((token) => `第一个词元「${visibleToken(token)}」前面没有东西，没有概率。后面 `)
    .join("");
  return `${alone}${length} 个词元的概率乘起来是 e 的 −${total} 次方，平均损失 ${total} ÷ ${length} = ${formatNumber(loss, 2)}，困惑度 ${formatNumber(perplexity, 1)}`;
}
