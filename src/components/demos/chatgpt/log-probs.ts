import type { EngineClient } from "../../../engine/client.ts";
import { logSoftmax } from "../../../engine/decoding/softmax.ts";
import type { ModelInfo } from "../../../engine/worker.ts";

/**
 * How likely a model finds a given text behind a prompt: the natural log-probability of each of its tokens, in one pass.
 * @param prompt ids, at least one
 * @param text ids
 * @throws EngineError `bad-input` if both together are longer than the context
 */
export async function logProbsOf(
  engine: EngineClient,
  model: Pick<ModelInfo, "id">,
  prompt: readonly number[],
  text: readonly number[],
): Promise<number[]> {
  const tree = await engine.tree(model.id);
  try {
    const first = await tree.append(null, prompt);
    const given = text.slice(0, -1);
    const rest = given.length > 0 ? (await tree.inspect(first.node, given, [])).steps : [];
    return [first, ...rest].slice(0, text.length).map(({ logits }, i) => logSoftmax(logits)[text[i] ?? 0] ?? 0);
  } finally {
    await tree.dispose();
  }
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
