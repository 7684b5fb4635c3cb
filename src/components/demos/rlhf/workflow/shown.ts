import type { RewardModelMetrics } from "../../../../engine/experiments/reward-model.ts";
import { heldOutRankings, tellAccuracy } from "../../../subjects/reviews/reward/sentences.ts";
import { type RewardReadings, rewardReadings } from "./readings.ts";
import type { Round } from "./rounds.ts";

/** What is drawn of the second step. */
export interface RewardShown {
  /** One that was learned from, from best to worst. */
  readonly ranking: readonly string[] | undefined;
  readonly records: readonly Pick<RewardModelMetrics, "step" | "loss" | "heldOutLoss">[];
  /** How well it does on what it has not learned from, in a sentence; undefined before it has learned. */
  readonly accuracy: string | undefined;
  /** On its boxes. */
  readonly readings: RewardReadings;
}

/** What is drawn of the third step. */
export interface LoopShown {
  /** By whose reward it goes. */
  readonly judge: string;
  /** That is the built-in one. */
  readonly builtIn?: boolean;
  /** Rounds that there will be. */
  readonly iterations: number;
  /** β. */
  readonly klWeight: number;
  /** Those that there are. */
  readonly rounds: readonly Round[];
}

/** Everything that is drawn in the diagram and below it. */
export interface WorkflowShown {
  readonly reward: RewardShown;
  readonly loop: LoopShown;
}

/** How far the second step is. */
export interface RewardState {
  readonly rankings: readonly (readonly string[])[];
  readonly byReader: boolean;
  /** Rankings that the reader has stored in 10.6. */
  readonly stored: number;
  /** Share of the rankings that is kept back. */
  readonly heldOut: number;
  readonly records: readonly RewardModelMetrics[];
}

export function rewardShown({ rankings, byReader, stored, heldOut, records }: RewardState): RewardShown {
  const learned = records.at(-1);
  return {
    ranking: rankings[0],
    records: records.map(({ step, loss, heldOutLoss }) => ({ step, loss, heldOutLoss })),
    accuracy: learned && tellAccuracy(learned, heldOutRankings(rankings.length, heldOut)),
    readings: rewardReadings({ rankings, byReader, stored, record: learned }),
  };
}
