import type { LearnedReview } from "../../../../engine/experiments/rlhf-records.ts";

/** Where nobody has trained yet, so many rounds come first: in the very first the policy is the reference still, and there is nothing to see. */
export const FIRST_ROUNDS = 10;
/** Reviews to choose from. */
const SHOWN = 8;

/** Reviews of one round, token by token. */
export interface LookedRound {
  readonly round: number;
  readonly klWeight: number;
  readonly reviews: readonly LearnedReview[];
}

/** What is shown of a round. */
export function looked(round: number, klWeight: number, reviews: readonly LearnedReview[]): LookedRound {
  return { round, klWeight, reviews: reviews.slice(0, SHOWN) };
}
