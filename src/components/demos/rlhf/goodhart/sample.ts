import type { RemoteTree } from "../../../../engine/client.ts";
import { drawToken } from "../../../../engine/decoding/multinomial.ts";
import { logSoftmax } from "../../../../engine/decoding/softmax.ts";
import type { Step } from "../../../../engine/models/token-tree.ts";
import type { Random } from "../../../../engine/random.ts";
import { klDivergence, tilt } from "../leash/tilt.ts";

/** A text that a tilted model has written. */
export interface TiltedText {
  readonly ids: readonly number[];
  /** Whether it ended of its own accord. */
  readonly finished: boolean;
  /** Sum of the rewards of its tokens: what was optimised. */
  readonly reward: number;
  /** Sum over its steps of KL(π ‖ π_ref), in nats: its mean over texts is the KL divergence of whole texts. */
  readonly kl: number;
  /** ln π_ref of the whole text. */
  readonly logProb: number;
}

export interface TiltSettings {
  readonly rewards: Float64Array;
  readonly beta: number;
  readonly maxTokens: number;
  readonly endId: number | null;
}

/**
 * Writes one text, each token from π_ref(x) · exp(r(x)/β): the best policy for one token. For a whole text it is short-sighted, for it
 * counts no reward that a token only makes possible; the best would need the value of every beginning.
 *
 * @param start the model's answer to the prompt
 */
export async function writeTilted(
  tree: Pick<RemoteTree, "append">,
  start: Step,
  { rewards, beta, maxTokens, endId }: TiltSettings,
  random: Random,
  signal: AbortSignal,
): Promise<TiltedText> {
  const ids: number[] = [];
  let [reward, kl, logProb] = [0, 0, 0];
  let { node, logits } = start;
  while (ids.length < maxTokens && !signal.aborted) {
    const reference = logSoftmax(logits);
    const policy = tilt(reference, rewards, beta);
    const token = drawToken(Float32Array.from(policy), random);
    kl += klDivergence(policy, reference);
    logProb += reference[token]!;
    reward += rewards[token]!;
    if (token === endId) return { ids, finished: true, reward, kl, logProb };
    ids.push(token);
    if (ids.length < maxTokens) ({ node, logits } = await tree.append(node, [token]));
  }
  return { ids, finished: false, reward, kl, logProb };
}
