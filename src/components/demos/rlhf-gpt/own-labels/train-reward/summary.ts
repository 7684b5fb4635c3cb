import type { Labeller } from "../../../../subjects/reviews/labels/rules.ts";
import { consistencyOf } from "../ranking/consistency.ts";

/** What is said of the rankings that a reward model learns from. */
export interface RankingSummary {
  readonly labeller: Labeller;
  readonly rankings: number;
  /** K (K − 1)/2 of each ranking. */
  readonly pairs: number;
  /** Texts that stand in more than one of them. */
  readonly shared: number;
  /** Share of them that is kept back. */
  readonly heldOut: number;
}

export function summaryOf(
  labeller: Labeller,
  rankings: readonly (readonly string[])[],
  heldOut: number,
): RankingSummary {
  const { pairs, shared } = consistencyOf(rankings);
  return { labeller, rankings: rankings.length, pairs, shared, heldOut };
}
