import type { RewardModelMetrics } from "../../../../engine/experiments/reward-model.ts";
import type { LearnedReview, RlhfMetrics } from "../../../../engine/experiments/rlhf-records.ts";
import { heldOutRankings, tellAccuracy } from "../../../subjects/reviews/reward/sentences.ts";
import { PARTS } from "./parts.ts";
import { loopReadings, type Readings, rewardReadings, tellPart } from "./readings.ts";

/** What is drawn of the second step. */
export interface RewardShown {
  /** One that was learned from, from best to worst. */
  readonly ranking: readonly string[] | undefined;
  readonly records: readonly Pick<RewardModelMetrics, "step" | "loss" | "heldOutLoss">[];
  /** How well it does on what it has not learned from, in a sentence; undefined before it has learned. */
  readonly accuracy: string | undefined;
}

/** What is drawn of the third step. */
export interface LoopShown {
  /** By whose reward it goes. */
  readonly judge: string;
  /** That is the built-in one. */
  readonly builtIn?: boolean;
  readonly iterations: number;
  readonly records: readonly Pick<RlhfMetrics, "iteration" | "reward" | "kl">[];
  /** Some reviews of the latest round. */
  readonly samples: readonly Pick<LearnedReview, "category" | "text" | "reward">[];
  /** The numbers of each of its parts, in a sentence. */
  readonly told: Readonly<Record<string, string>>;
}

/** Everything that is drawn in the diagram and below it. */
export interface WorkflowShown {
  readonly readings: Readings;
  readonly reward: RewardShown;
  readonly loop: LoopShown;
}

/** How far the runs are. */
export interface WorkflowState {
  readonly rankings: readonly (readonly string[])[];
  readonly byReader: boolean;
  /** Rankings that the reader has stored in 10.6. */
  readonly stored: number;
  /** Share of the rankings that is kept back. */
  readonly heldOut: number;
  readonly reward: readonly RewardModelMetrics[];
  readonly judge: string;
  readonly builtIn?: boolean;
  readonly iterations: number;
  /** β. */
  readonly klWeight: number;
  readonly loop: readonly RlhfMetrics[];
  /** Of the loop's latest round. */
  readonly reviews: readonly LearnedReview[];
}

/** Reviews of a round that are shown. */
const SAMPLES = 4;

export function shownOf(state: WorkflowState): WorkflowShown {
  const {
    rankings,
    byReader,
    stored,
    heldOut,
    reward,
    judge,
    builtIn = false,
    iterations,
    klWeight,
    loop,
    reviews,
  } = state;
  const [learned, round] = [reward.at(-1), loop.at(-1)];
  const parts = round ? PARTS.filter(({ run }) => run === "loop") : [];
  return {
    readings: {
      ...rewardReadings({ rankings, byReader, stored, record: learned }),
      ...loopReadings(round, reviews, klWeight),
    },
    reward: {
      ranking: rankings[0],
      records: reward.map(({ step, loss, heldOutLoss }) => ({ step, loss, heldOutLoss })),
      accuracy: learned && tellAccuracy(learned, heldOutRankings(rankings.length, heldOut)),
    },
    loop: {
      judge,
      builtIn,
      iterations,
      records: loop.map(({ iteration, reward, kl }) => ({ iteration, reward, kl })),
      samples: reviews.slice(0, SAMPLES).map(({ category, text, reward }) => ({ category, text, reward })),
      told: Object.fromEntries(parts.map(({ id }) => [id, tellPart(id, round!, reviews, klWeight)])),
    },
  };
}
