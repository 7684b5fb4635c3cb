import { drawToken } from "../decoding/multinomial.ts";
import { EngineError } from "../errors.ts";
import type { Tokenizer } from "../files/tokenizer.ts";
import type { Gpt2 } from "../models/gpt2.ts";
import { Gpt2Tree } from "../models/gpt2-tree.ts";
import type { NodeId } from "../models/token-tree.ts";
import type { Random } from "../random.ts";
import { nextTurn } from "./experiment.ts";
import type { ReviewPrompt, WritingSettings } from "./rlhf-settings.ts";

/** A prompt as the model reads it. */
export interface EncodedPrompt extends ReviewPrompt {
  readonly ids: readonly number[];
}

/** A review that the model has written. */
export interface WrittenReview {
  readonly prompt: EncodedPrompt;
  /** The tokens that it chose, the end among them. */
  readonly tokens: readonly number[];
  /** log p(token) of each, under the distribution that it was drawn from: at the temperature set. */
  readonly logProbs: readonly number[];
  /** Entropy of that distribution for each token, in nats. */
  readonly entropies: readonly number[];
  /** It came to its end by itself. */
  readonly ended: boolean;
  /** Opening and all that follows, as its reader and its judge see it. */
  readonly text: string;
}

/** The format of gpt-review: `[评]category[文]review[END]` (training/gptzh/text.py). */
function promptText({ category, opening }: ReviewPrompt): string {
  return `[评]${category}[文]${opening}`;
}

/**
 * @param length tokens that the review may have
 * @param longest tokens that the model can read
 * @throws EngineError `bad-input` for an opening that is too long, or has special tokens in it
 */
export function encodePrompt(
  tokenizer: Tokenizer,
  prompt: ReviewPrompt,
  length: number,
  longest: number,
): EncodedPrompt {
  const { ids } = tokenizer.encode(promptText(prompt));
  const unknown = tokenizer.id("[UNK]");
  const marks = ids.filter((id) => tokenizer.specialIds.has(id) && id !== unknown);
  if (marks.length !== 2) throw new EngineError("bad-input", `「${prompt.category} ${prompt.opening}」里有特殊词元`);
  if (ids.length + length > longest) {
    throw new EngineError("bad-input", `开头和评论一共 ${ids.length + length} 个词元，模型最多读 ${longest} 个`);
  }
  return { ...prompt, ids };
}

/** A review in the making. */
interface Growing {
  readonly prompt: EncodedPrompt;
  readonly random: Random;
  readonly tokens: number[];
  readonly logProbs: number[];
  readonly entropies: number[];
  node: NodeId;
  logits: Float32Array;
}

// #region write
/**
 * Lets a model write a review for each prompt, all in one batch that shrinks as they end. Each draws from a stream of its own, so that what one
 * becomes does not depend on the others.
 */
export async function writeReviews(
  model: Gpt2,
  tokenizer: Tokenizer,
  prompts: readonly EncodedPrompt[],
  { length, temperature }: Pick<WritingSettings, "length" | "temperature">,
  random: Random,
): Promise<WrittenReview[]> {
  const { endIds } = model.config;
  const hasEnded = ({ tokens }: Pick<Growing, "tokens">): boolean => endIds.includes(tokens.at(-1)!);
  const tree = new Gpt2Tree(model);
  try {
    const steps = new Map<string, { node: NodeId; logits: Float32Array }>();
    for (const { ids } of prompts) {
      const key = ids.join();
      if (!steps.has(key)) steps.set(key, await tree.append(null, ids));
    }
    const reviews: Growing[] = prompts.map((prompt) => ({
      prompt,
      random: random.fork(),
      tokens: [],
      logProbs: [],
      entropies: [],
      ...steps.get(prompt.ids.join())!,
    }));
    for (let growing = reviews; growing.length > 0; ) {
      for (const review of growing) draw(review, temperature);
      growing = growing.filter((review) => !hasEnded(review) && review.tokens.length < length);
      if (growing.length === 0) break;
      const next = await tree.extend(
        growing.map(({ node }) => node),
        growing.map(({ tokens }) => tokens.at(-1)!),
      );
      for (const [i, review] of growing.entries()) Object.assign(review, next[i]);
      await nextTurn();
    }
    return reviews.map(({ prompt, tokens, logProbs, entropies }) => {
      const text = prompt.opening + tokenizer.decode(tokens, { skipSpecial: true });
      return { prompt, tokens, logProbs, entropies, ended: hasEnded({ tokens }), text };
    });
  } finally {
    tree.dispose();
  }
}

/** Draws the next token, and notes how likely it was: what the policy's loss will compare with. */
function draw({ random, logits, tokens, logProbs, entropies }: Growing, temperature: number): void {
  // One loop over thousands of tokens, for each token of each review: softmax, its logarithm and its entropy share their exponentials.
  const largest = logits.reduce((max, logit) => Math.max(max, logit));
  const weights = new Float32Array(logits.length);
  let [sum, weighted] = [0, 0];
  for (let id = 0; id < logits.length; id++) {
    const below = (logits[id]! - largest) / temperature;
    const weight = Math.exp(below);
    weights[id] = weight;
    sum += weight;
    weighted += weight * below;
  }
  // Logits that are not finite are those of a policy that is broken.
  if (!Number.isFinite(weighted)) throw new EngineError("diverged");
  const token = drawToken(weights, random);
  tokens.push(token);
  logProbs.push((logits[token]! - largest) / temperature - Math.log(sum));
  // −Σ p ln p with ln p = below − ln Σ.
  entropies.push(Math.log(sum) - weighted / sum);
}
// #endregion
