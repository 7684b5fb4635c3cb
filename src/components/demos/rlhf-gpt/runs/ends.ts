import type { BestOfNPoint } from "../../../../engine/experiments/best-of-n.ts";
import { bestOfNAt, reaching } from "../../../../engine/experiments/best-of-n-comparison.ts";
import { mean } from "../../../../engine/statistics.ts";
import type { RecordedRuns } from "./runs.ts";

/** Where trainings with one β have ended. */
export interface End {
  readonly klWeight: number;
  /** Means over the seeds. */
  readonly kl: number;
  readonly reward: number;
  /** Of each seed. */
  readonly runs: readonly { readonly kl: number; readonly reward: number }[];
}

/** The ends of some trainings, by β, the tightest leash first. */
export function endsOf({ runs }: Pick<RecordedRuns, "runs">): End[] {
  return [...Map.groupBy(runs, ({ klWeight }) => klWeight)]
    .toSorted(([a], [b]) => b - a)
    .map(([klWeight, own]) => {
      const ends = own.map(({ after: { kl, reward } }) => ({ kl, reward }));
      return {
        klWeight,
        kl: mean(ends.map(({ kl }) => kl)),
        reward: mean(ends.map(({ reward }) => reward)),
        runs: ends,
      };
    });
}

/** The end of a training beside the best of n. */
export interface Compared {
  readonly kl: number;
  readonly reward: number;
  /** What the best of n is worth at the same KL divergence; null further away than the curve goes, where nothing can be compared at equal KL. */
  readonly choosing: number | null;
  /** The smallest n that is worth as much; null where none of those measured is. */
  readonly n: number | null;
}

export function compared({ kl, reward }: Pick<End, "kl" | "reward">, points: readonly BestOfNPoint[]): Compared {
  return { kl, reward, choosing: bestOfNAt(points, kl) ?? null, n: reaching(points, reward)?.n ?? null };
}
