import { distinctN } from "../decoding/diversity.ts";
import type { Tokenizer } from "../files/tokenizer.ts";
import { explainedVariance, type GaeSettings, generalizedAdvantages, normalized } from "../rl/gae.ts";
import type { PpoBatch, PpoEpoch } from "../rl/ppo.ts";
import { klOfText, tokenRewards } from "../rl/token-rewards.ts";
import { mean } from "../statistics.ts";
import type { JudgedReview, LearnedReview, RlhfMetrics, WritingSummary } from "./rlhf-records.ts";
import type { ReviewRollout } from "./rlhf-rollout.ts";
import type { RlhfSettings } from "./rlhf-settings.ts";
import type { WrittenReview } from "./rlhf-writing.ts";

/** Reviews with rewards, as PPO takes them and as the reader sees them. */
export interface RlhfRound {
  readonly batch: Required<PpoBatch>;
  readonly reviews: readonly LearnedReview[];
}

// #region advantages
/**
 * Rewards and advantages of every token of a round; a review is an episode, and its last token ends it. Advantages are normalized over the
 * whole round: within one review, or a few, that would take away by how much it was better than the others.
 */
export function prepareRound(
  rollout: ReviewRollout,
  rewards: readonly number[],
  tokenizer: Tokenizer,
  settings: GaeSettings & Pick<RlhfSettings, "klWeight" | "normalizeAdvantages">,
): RlhfRound {
  const { reviews, starts, values, reference } = rollout;
  const steps = values.length;
  const tokens = new Float32Array(steps);
  const ends = new Uint8Array(steps);
  for (const [r, { logProbs }] of reviews.entries()) {
    const own = reference.subarray(starts[r], starts[r + 1]);
    tokens.set(tokenRewards({ logProbs, reference: own, reward: rewards[r]! }, settings.klWeight), starts[r]);
    ends[starts[r + 1]! - 1] = 1;
  }
  const nextValues = values.map((_, step) => (ends[step] ? 0 : values[step + 1]!));
  const estimate = generalizedAdvantages({ sequences: 1, rewards: tokens, values, nextValues, ends }, settings);
  const normalize = settings.normalizeAdvantages && reviews.length > 1;
  const advantages = normalize ? normalized(estimate.advantages) : estimate.advantages;
  const logProbs = Float32Array.from(reviews.flatMap((review) => review.logProbs));
  const described = describeReviews(rollout, rewards).map((review, r): LearnedReview => {
    const own = (all: Float32Array): Float32Array => all.slice(starts[r], starts[r + 1]);
    return {
      ...review,
      tokens: reviews[r]!.tokens.map((id) => tokenizer.token(id)),
      logProbs: own(logProbs),
      reference: own(reference),
      values: own(values),
      rewards: own(tokens),
      advantages: own(advantages),
    };
  });
  const { returns } = estimate;
  return { batch: { logProbs, starts, values, advantages, returns }, reviews: described };
}
// #endregion

/** @param rewards null while nobody has judged */
export function describeReviews(
  { reviews, starts, reference }: Pick<ReviewRollout, "reviews" | "starts" | "reference">,
  rewards: readonly number[] | null,
): JudgedReview[] {
  return reviews.map(({ prompt, text, tokens, logProbs, ended }, r) => ({
    category: prompt.category,
    opening: prompt.opening,
    text,
    reward: rewards?.[r] ?? null,
    kl: klOfText({ logProbs, reference: reference.subarray(starts[r], starts[r + 1]) }),
    length: tokens.length,
    ended,
  }));
}

/** Means over reviews. @param written the same ones, as they were written */
export function summarize(reviews: readonly JudgedReview[], written: readonly WrittenReview[]): WritingSummary {
  const rewards = reviews.map(({ reward }) => reward).filter((reward) => reward !== null);
  return {
    reward: rewards.length > 0 ? mean(rewards) : null,
    kl: mean(reviews.map(({ kl }) => kl)),
    entropy: mean(written.flatMap(({ entropies }) => entropies)),
    distinct2: distinctN(
      written.map(({ tokens, ended }) => (ended ? tokens.slice(0, -1) : tokens)),
      2,
    ),
    length: mean(reviews.map(({ length }) => length)),
    ended: mean(reviews.map(({ ended }) => Number(ended))),
  };
}

/** What was learned from a round, or nulls where nothing was. */
export function summarizeUpdate(
  { values, returns }: Required<PpoBatch>,
  epochs: readonly PpoEpoch[],
): Pick<
  RlhfMetrics,
  "explainedVariance" | "updateKl" | "clipFraction" | "policyLoss" | "valueLoss" | "gradientNorm" | "epochs"
> {
  const last = epochs.at(-1);
  return {
    explainedVariance: explainedVariance(values, returns),
    updateKl: last?.kl ?? null,
    clipFraction: last?.clipFraction ?? null,
    policyLoss: last?.policyLoss ?? null,
    valueLoss: last?.valueLoss ?? null,
    gradientNorm: last?.gradientNorm ?? null,
    epochs: epochs.length,
  };
}
