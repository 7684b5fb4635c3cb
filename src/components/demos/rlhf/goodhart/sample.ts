import type { RemoteTree } from "../../../../engine/client.ts";
import { drawToken } from "../../../../engine/decoding/multinomial.ts";
import { logSoftmax } from "../../../../engine/decoding/softmax.ts";
import type { Step } from "../../../../engine/models/token-tree.ts";
import type { Random } from "../../../../engine/random.ts";
import { klDivergence, tilt } from "../../../../engine/rl/tilt.ts";

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
  readonly endIds: readonly number[];
}

/** A text while it is written. */
interface Growing {
  readonly ids: number[];
  readonly random: Random;
  finished: boolean;
  reward: number;
  kl: number;
  logProb: number;
  step: Step;
}

/**
 * Writes texts, side by side, each token from π_ref(x) · exp(r(x)/β): the best policy for one token. For a whole text it is short-sighted,
 * for it counts no reward that a token only makes possible; the best would need the value of every beginning.
 *
 * @param start the model's answer to the prompt
 * @param randoms one for each text, so that no text depends on the others
 * @returns the texts as far as they got, if the signal aborts
 */
export async function writeTilted(
  tree: Pick<RemoteTree, "extend">,
  start: Step,
  settings: TiltSettings,
  randoms: readonly Random[],
  signal: AbortSignal,
): Promise<TiltedText[]> {
  const texts = randoms.map(
    (random): Growing => ({ ids: [], random, finished: false, reward: 0, kl: 0, logProb: 0, step: start }),
  );
  for (let length = 1; length <= settings.maxTokens && !signal.aborted; length++) {
    const going = texts.filter((text) => !text.finished);
    for (const text of going) drawNext(text, settings);
    const next = going.filter((text) => !text.finished);
    if (next.length === 0 || length === settings.maxTokens) break;
    const steps = await tree.extend(
      next.map(({ step }) => step.node),
      next.map(({ ids }) => ids.at(-1)!),
    );
    for (const [i, text] of next.entries()) text.step = steps[i]!;
  }
  return texts.map(({ ids, finished, reward, kl, logProb }) => ({ ids, finished, reward, kl, logProb }));
}

function drawNext(text: Growing, { rewards, beta, endIds }: TiltSettings): void {
  const reference = logSoftmax(text.step.logits);
  const policy = tilt(reference, rewards, beta);
  const token = drawToken(Float32Array.from(policy), text.random);
  text.kl += klDivergence(policy, reference);
  text.logProb += reference[token]!;
  text.reward += rewards[token]!;
  if (endIds.includes(token)) text.finished = true;
  else text.ids.push(token);
}
