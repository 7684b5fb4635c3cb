import type { ReviewPrompt } from "./rlhf-settings.ts";

/** What some reviews are like: means over them. */
export type WritingSummary = {
  /** Without the penalty; null where nobody judges. */
  readonly reward: number | null;
  /** Σ (log p − log p of the reference) of a review, in nats. */
  readonly kl: number;
  /** Of the distributions that the tokens were drawn from, in nats. */
  readonly entropy: number;
  /** Different bigrams of all bigrams in the reviews together; null if there is none. Fewer reviews have less to repeat. */
  readonly distinct2: number | null;
  /** Tokens of a review, its end included. */
  readonly length: number;
  /** Share of the reviews that came to their end by themselves. */
  readonly ended: number;
};

/** What one round of writing, judging and learning measured. */
export type RlhfMetrics = WritingSummary & {
  /** Rounds done, from 1. */
  readonly iteration: number;
  /** Standard deviation of the rewards; 0: no review is better than another, and nothing was learned. */
  readonly rewardDeviation: number;
  /** Share of the returns' variance that the value function had foreseen; null where the returns do not vary. */
  readonly explainedVariance: number | null;
  /** How far the policy moved in this round, in nats per token; null, as what follows, if nothing was learned. */
  readonly updateKl: number | null;
  /** Share of the tokens whose probability ratio has left 1 ± ε. */
  readonly clipFraction: number | null;
  readonly policyLoss: number | null;
  readonly valueLoss: number | null;
  readonly gradientNorm: number | null;
  readonly learningRate: number;
  /** Epochs done: fewer than were set where the policy had moved far enough, none where nothing was learned. */
  readonly epochs: number;
  /** How long the round took. */
  readonly seconds: number;
};

export type RlhfQuestion =
  | {
      /** "What would you write?", and what it is worth: the policy as it is now, or the reference; the same seed draws alike for both. */
      readonly kind: "write";
      readonly who: "policy" | "reference";
      readonly prompts: readonly ReviewPrompt[];
      /** Reviews in all; the prompts take turns. */
      readonly reviews: number;
      readonly seed: number;
    }
  /** "What would you give for these?" */
  | { readonly kind: "judge"; readonly texts: readonly string[] }
  /** The reviews of the last round, with every number that was learned from. */
  | { readonly kind: "round" }
  /** Where the reader gives stars: the reviews of the next round. */
  | { readonly kind: "draft" }
  /** … and the stars, 1 to 5, null for a review that is to be left out. The next step learns from them. */
  | { readonly kind: "rate"; readonly stars: readonly (number | null)[] };

/** A review, and what was made of it. */
export interface JudgedReview extends ReviewPrompt {
  readonly text: string;
  /** Null while nobody has judged it. */
  readonly reward: number | null;
  /** Σ (log p − log p of the reference), in nats. */
  readonly kl: number;
  readonly length: number;
  readonly ended: boolean;
}

/** A review token by token. */
export interface LearnedReview extends JudgedReview {
  /** In the vocabulary's spelling. */
  readonly tokens: readonly string[];
  readonly logProbs: Float32Array;
  readonly reference: Float32Array;
  readonly values: Float32Array;
  /** With the penalty, and at the last token the reward. */
  readonly rewards: Float32Array;
  /** As they were learned from: normalized over the round where that is set. */
  readonly advantages: Float32Array;
}

export type RlhfAnswer =
  | ({ readonly kind: "write"; readonly reviews: readonly JudgedReview[] } & WritingSummary)
  | { readonly kind: "judge"; readonly rewards: readonly number[] }
  | { readonly kind: "round"; readonly reviews: readonly LearnedReview[] }
  | { readonly kind: "draft"; readonly reviews: readonly JudgedReview[] }
  | { readonly kind: "rate" };
