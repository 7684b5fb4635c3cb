import type { LearnedReview } from "../../../../engine/experiments/rlhf-records.ts";
import { maxOf } from "../../../../engine/statistics.ts";

/** One token of a review: what it cost, and what was made of it. */
export interface TokenAccount {
  /** In the vocabulary's spelling. */
  readonly token: string;
  readonly logProb: number;
  readonly reference: number;
  /** log p − log p of the reference, in nats. */
  readonly drift: number;
  /** What the value function expected before it. */
  readonly value: number;
  /** −β times the drift; the last token has the review's reward added to it. */
  readonly reward: number;
  readonly advantage: number;
}

/** A review's tokens with their numbers. */
export function accountOf(review: LearnedReview): TokenAccount[] {
  return review.tokens.map((token, t) => ({
    token,
    logProb: review.logProbs[t]!,
    reference: review.reference[t]!,
    drift: review.logProbs[t]! - review.reference[t]!,
    value: review.values[t]!,
    reward: review.rewards[t]!,
    advantage: review.advantages[t]!,
  }));
}

/** Shade of a token, 0–1: how far it is from the reference, beside the farthest of the review. */
export function shadeOf(account: readonly TokenAccount[], t: number): number {
  const most = maxOf(account.map(({ drift }) => Math.abs(drift)));
  return most > 0 ? Math.abs(account[t]!.drift) / most : 0;
}
