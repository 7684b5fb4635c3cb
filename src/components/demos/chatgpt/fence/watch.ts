import type { EngineCalls } from "../../../../engine/client.ts";
import { entropyBits } from "../../../../engine/decoding/entropy.ts";
import { softmax } from "../../../../engine/decoding/softmax.ts";
import { indexOfLargest } from "../../../../engine/statistics.ts";
import type { ModelInfo } from "../../../../engine/worker.ts";
import { givenText } from "../talk/conversation.ts";

/** A token that was written greedily, and how sure the model was. */
export interface WatchedToken {
  readonly text: string;
  /** In [0, 1]: the largest there is. */
  readonly probability: number;
  /** Of the whole distribution at this step, in bits. */
  readonly entropy: number;
}

/** An answer that was written greedily: the most likely token at every step. */
export interface Watched {
  readonly question: string;
  /** All of them, `[END]` included. */
  readonly tokens: readonly WatchedToken[];
  readonly ended: boolean;
}

/** Tokens of an answer, at most. */
export const LONGEST = 40;

/** What a reader takes for the answer. */
export function textOf({ tokens, ended }: Pick<Watched, "tokens" | "ended">): string {
  return tokens
    .slice(0, ended ? -1 : undefined)
    .map(({ text }) => text)
    .join("");
}

/** Asks the tuned model one question, and looks at its distribution at every step. @throws EngineError */
export async function watch(engine: EngineCalls, model: ModelInfo, question: string): Promise<Watched> {
  const { ids } = await engine.encode(model.id, givenText(question));
  const tree = await engine.tree(model.id);
  try {
    const tokens: WatchedToken[] = [];
    let step = await tree.append(null, ids);
    for (;;) {
      const distribution = softmax(step.logits);
      const token = indexOfLargest(distribution);
      const probability = distribution[token] ?? 0;
      tokens.push({ text: model.vocabulary[token] ?? "", probability, entropy: entropyBits(distribution) });
      const ended = model.endIds.includes(token);
      if (ended || tokens.length === LONGEST) return { question, tokens, ended };
      step = await tree.append(step.node, [token]);
    }
  } finally {
    await tree.dispose();
  }
}
