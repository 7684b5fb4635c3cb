import { wholeOf } from "../backends/storage.ts";
import type { Gpt2 } from "../models/gpt2.ts";
import { type Gpt2ActorCritic, tokenLogits } from "../models/gpt2-actor-critic.ts";
import { hiddenStatesFrom } from "../models/gpt2-plain.ts";
import { logProbability } from "../models/policy.ts";
import { padSequences, type TokenBatch } from "../models/token-batch.ts";
import type { PpoOutputs } from "../rl/ppo-loss.ts";
import { maxOf } from "../statistics.ts";
import { concatRows, embedding } from "../tensor/ops/embedding.ts";
import { entropy } from "../tensor/ops/losses.ts";
import { Tape, type Tensor } from "../tensor/tape.ts";
import { nextTurn } from "./experiment.ts";
import type { WrittenReview } from "./rlhf-writing.ts";

/** The policy with its value function, and the model that it started from. */
export interface ReviewWriter {
  readonly policy: Gpt2ActorCritic;
  readonly reference: Gpt2;
}

/**
 * Reviews, and what is needed to learn from them. Token t of review r is step `starts[r] + t`.
 *
 * It holds what the frozen blocks make of all reviews, which policy and reference share, until `dispose`.
 */
export class ReviewRollout {
  readonly reviews: readonly WrittenReview[];
  /** Where each review's steps begin, and the number of all steps. */
  readonly starts: Int32Array;
  /** What the value function said before each token. */
  readonly values: Float32Array;
  /** log p(token) under the reference, at the same temperature. */
  readonly reference: Float32Array;
  readonly #writer: ReviewWriter;
  readonly #temperature: number;
  readonly #tape: Tape;
  /** [reviews, length, width] */
  readonly #states: Tensor;

  private constructor(
    writer: ReviewWriter,
    reviews: readonly WrittenReview[],
    temperature: number,
    { tape, states, values, reference }: Recorded,
  ) {
    this.#writer = writer;
    this.reviews = reviews;
    this.#temperature = temperature;
    this.#tape = tape;
    this.#states = states;
    this.starts = startsOf(reviews);
    this.values = values;
    this.reference = reference;
  }

  /** @param batch reviews that go through the networks at once */
  static async record(
    writer: ReviewWriter,
    reviews: readonly WrittenReview[],
    temperature: number,
    batch: number,
  ): Promise<ReviewRollout> {
    return new ReviewRollout(writer, reviews, temperature, await recordReviews(writer, reviews, temperature, batch));
  }

  // #region evaluate
  /** What the policy says now of some reviews. @param which their numbers */
  evaluate(tape: Tape, which: Int32Array): PpoOutputs {
    const { policy } = this.#writer;
    const chosen = Array.from(which, (r) => this.reviews[r]!);
    const [, length = 0] = this.#states.shape;
    const longest = maxOf(chosen.map((review) => readIds(review).length));
    const rows = Int32Array.from(
      chosen.flatMap((_, i) => Array.from({ length: longest }, (_, t) => which[i]! * length + t)),
    );
    const states = embedding(tape, this.#states, rows, [which.length, longest]);
    return policyOutputs(tape, policy, states, chosen, this.#temperature);
  }
  // #endregion

  dispose(): void {
    this.#tape.dispose();
  }
}

// #region outputs
/**
 * What a policy says of every token of some reviews: the parts of PPO's loss.
 *
 * @param states what its frozen blocks make of the reviews, [reviews, length, width]
 */
export function policyOutputs(
  tape: Tape,
  policy: Gpt2ActorCritic,
  states: Tensor,
  reviews: readonly Pick<WrittenReview, "prompt" | "tokens">[],
  temperature: number,
): PpoOutputs {
  const hidden = policy.hiddenStates(tape, states);
  const places = placesOf(reviews, states.shape[1]!);
  const logits = tokenLogits(tape, policy.actor, hidden, places, temperature);
  return {
    logProbs: logProbability(tape, logits, tokensOf(reviews)),
    entropies: entropy(tape, logits),
    values: policy.values(tape, embedding(tape, hidden, places)),
  };
}
// #endregion

interface Recorded {
  /** Holds `states`. */
  readonly tape: Tape;
  readonly states: Tensor;
  readonly values: Float32Array;
  readonly reference: Float32Array;
}

/** One pass over all reviews, some at a time, without gradients. */
async function recordReviews(
  writer: ReviewWriter,
  reviews: readonly WrittenReview[],
  temperature: number,
  batch: number,
): Promise<Recorded> {
  const { policy } = writer;
  const { ids } = batchOf(reviews);
  const length = ids.length / reviews.length;
  const kept = new Tape(policy.parameters.backend, "off");
  const states: Tensor[] = [];
  const values: number[] = [];
  const reference: number[] = [];
  try {
    for (let at = 0; at < reviews.length; at += batch) {
      const some = reviews.slice(at, at + batch);
      const tape = new Tape(policy.parameters.backend, "off");
      try {
        const part = policy.frozenStates(tape, {
          ids: ids.subarray(at * length, (at + some.length) * length),
          batch: some.length,
        });
        states.push(copyTo(kept, part));
        const [value, logProbs] = await judgeStates(tape, writer, part, some, temperature);
        for (const one of value) values.push(one);
        for (const one of logProbs) reference.push(one);
      } finally {
        tape.dispose();
      }
      await nextTurn();
    }
    const all = kept.view(concatRows(kept, states), [reviews.length, length, policy.actor.config.width]);
    return { tape: kept, states: all, values: Float32Array.from(values), reference: Float32Array.from(reference) };
  } catch (error) {
    kept.dispose();
    throw error;
  }
}

/** The policy's values and the reference's log-probabilities at every token that was written. */
async function judgeStates(
  tape: Tape,
  { policy, reference }: ReviewWriter,
  states: Tensor,
  reviews: readonly WrittenReview[],
  temperature: number,
): Promise<readonly [values: Float32Array, logProbs: Float32Array]> {
  const places = placesOf(reviews, states.shape[1]!);
  const values = policy.values(tape, embedding(tape, policy.hiddenStates(tape, states), places));
  const hidden = hiddenStatesFrom(tape, reference, policy.frozen, states);
  const logits = tokenLogits(tape, reference, hidden, places, temperature);
  const said = [values, logProbability(tape, logits, tokensOf(reviews))];
  const read = await tape.backend.read(said.map(({ storage }) => wholeOf(storage)));
  return [read[0]!, read[1]!];
}

/** What the model read: all but the last token, which nothing follows. */
function readIds({ prompt, tokens }: WrittenReview): number[] {
  return [...prompt.ids, ...tokens.slice(0, -1)];
}

/** Padded at their ends, where causal attention never looks. */
function batchOf(reviews: readonly WrittenReview[]): TokenBatch {
  return padSequences(reviews.map(readIds), 0);
}

/** Where the hidden states lie that each token was chosen from: those of the token before it. */
function placesOf(reviews: readonly Pick<WrittenReview, "prompt" | "tokens">[], length: number): Int32Array {
  return Int32Array.from(
    reviews.flatMap(({ prompt, tokens }, r) => tokens.map((_, t) => r * length + prompt.ids.length - 1 + t)),
  );
}

function tokensOf(reviews: readonly Pick<WrittenReview, "tokens">[]): Int32Array {
  return Int32Array.from(reviews.flatMap(({ tokens }) => tokens));
}

function startsOf(reviews: readonly WrittenReview[]): Int32Array {
  let steps = 0;
  return Int32Array.from([0, ...reviews.map(({ tokens }) => (steps += tokens.length))]);
}

function copyTo(tape: Tape, { storage, shape }: Tensor): Tensor {
  const copy = tape.memory.alloc(storage.length);
  tape.backend.copy(copy, storage, storage.length);
  return { storage: copy, shape, gradient: null };
}
