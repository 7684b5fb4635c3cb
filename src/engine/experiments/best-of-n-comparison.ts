import { mean } from "../statistics.ts";
import type { BestOfNPoint } from "./best-of-n.ts";
import type { RlhfMetrics } from "./rlhf-records.ts";
import type { WritingSettings } from "./rlhf-settings.ts";

/** Best-of-n and PPO side by side, as both go away from the model: what each makes of the same KL divergence, in nats, and what it costs. */

/** Rounds whose mean is one point of PPO's path: a single round's reviews are few. */
export const WINDOW = 5;

export interface PathPoint {
  readonly round: number;
  readonly kl: number;
  readonly reward: number;
}

/** Those of best-of-n's points with n = 1, 2, 4, … and the last one. */
export function doublings(points: readonly BestOfNPoint[]): BestOfNPoint[] {
  return points.filter(({ n }, i) => Number.isInteger(Math.log2(n)) || i === points.length - 1);
}

/** Where a training went: reward and KL divergence after each round, as means over that round and those before it. */
export function pathOf(records: readonly Pick<RlhfMetrics, "iteration" | "reward" | "kl">[]): PathPoint[] {
  return records.map(({ iteration }, i) => {
    const some = records.slice(Math.max(0, i + 1 - WINDOW), i + 1);
    return {
      round: iteration,
      kl: mean(some.map(({ kl }) => kl)),
      reward: mean(some.map(({ reward }) => reward ?? 0)),
    };
  });
}

/** The smallest n whose best is worth at least so much; undefined if none of those measured is. */
export function reaching(points: readonly BestOfNPoint[], reward: number): BestOfNPoint | undefined {
  return points.find((point) => point.reward >= reward);
}

/**
 * What best-of-n is worth at a KL divergence, between its two nearest points. One that was estimated below 0 is that of the model itself.
 * @returns undefined further away than the points reach
 */
export function bestOfNAt(points: readonly BestOfNPoint[], kl: number): number | undefined {
  const next = points.find((point) => point.kl >= kl);
  if (!next) return undefined;
  const before = points.findLast((point) => point.kl < kl) ?? next;
  const share = next === before ? 0 : (kl - before.kl) / (next.kl - before.kl);
  return before.reward + share * (next.reward - before.reward);
}

/** Whether what two settings write can be compared. */
export function sameWriting(a: WritingSettings, b: WritingSettings): boolean {
  const part = ({ prompts, length, temperature }: WritingSettings): string =>
    JSON.stringify([prompts, length, temperature]);
  return part(a) === part(b);
}

/**
 * Reviews after which a training has paid: choosing writes n for every one that is wanted, the trained model one.
 * @param training seconds that the training took
 * @param perReview seconds that a review takes to write and to judge
 * @returns infinite where nothing is saved
 */
export function breakEven(training: number, n: number, perReview: number): number {
  return training / ((n - 1) * perReview);
}
