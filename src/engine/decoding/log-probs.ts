import { EngineError } from "../errors.ts";
import type { Gpt2Tree } from "../models/gpt2-tree.ts";
import { logSoftmax } from "./softmax.ts";

/**
 * How likely a model finds a given text behind a prompt: the natural log-probability of each of its tokens, ln p(text[i] | prompt, text[0…i−1]),
 * all from one forward pass ("teacher forcing").
 * @param tree grows by the prompt and the text without its last token
 * @param prompt ids, at least one
 * @returns [text.length]
 * @throws EngineError `bad-input`: no prompt, an id outside the vocabulary, or both together longer than the context and one
 */
export async function logProbsOf(
  tree: Pick<Gpt2Tree, "tail">,
  prompt: readonly number[],
  text: readonly number[],
): Promise<number[]> {
  if (prompt.length === 0) throw new EngineError("bad-input", "前面至少要有一个词元");
  if (text.length === 0) return [];
  const steps = await tree.tail(null, [...prompt, ...text.slice(0, -1)], text.length);
  return steps.map(({ logits }, i) => {
    const logProb = logSoftmax(logits)[text[i] ?? -1];
    if (logProb === undefined) throw new EngineError("bad-input", `词表里没有编号 ${text[i]}`);
    return logProb;
  });
}
