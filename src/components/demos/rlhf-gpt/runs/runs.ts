import type { CsvTable } from "../../../kit/frame/types.ts";
import { formatNumber, formatPercent } from "../../../kit/text/format.ts";

/** What some reviews are like: means over them. */
export interface Measured {
  readonly reward: number;
  /** In nats per review. */
  readonly kl: number;
  readonly distinct2: number;
  /** In tokens. */
  readonly length: number;
}

/** One review, and what the sentiment model gives for it. */
export interface Sample {
  readonly category: string;
  readonly text: string;
  readonly reward: number;
}

/** A training from its beginning to its end. */
export interface RecordedRun {
  readonly klWeight: number;
  readonly seed: number;
  /** Of the reviews that the policy writes then. */
  readonly after: Measured;
  /** The first of them, one for each prompt. */
  readonly samples: readonly Sample[];
  /** Processor time of the training. */
  readonly minutes: number;
}

/** What `npm run rlhf -- --save <name>` records. */
export interface RecordedRuns {
  /** How a writer is measured: so many reviews, with a seed that no training has. */
  readonly measuring: { readonly reviews: number; readonly seed: number };
  /** What the model writes before any training. */
  readonly before: Measured;
  readonly runs: readonly RecordedRun[];
}

/** What a run with the default settings is to reach: mean reward at least, KL divergence at most, share of its distinct-2 that it keeps at least. */
export const TARGETS = { reward: 0.9, kl: 12, distinct2: 0.7 };

/** Whether a run has reached the targets. */
export function meetsTargets(after: Measured, before: Measured): boolean {
  return after.reward >= TARGETS.reward && after.kl <= TARGETS.kl && keptOf(after, before) >= TARGETS.distinct2;
}

/** Share of its distinct bigrams that a writer has kept. */
export function keptOf(after: Measured, before: Measured): number {
  return after.distinct2 / before.distinct2;
}

/** A row for each run, as it is printed. */
export function tableOfRuns({ before, runs }: Pick<RecordedRuns, "before" | "runs">): CsvTable {
  return {
    columns: [
      "β",
      "种子",
      "奖励：练前 → 练后",
      "KL（纳特）",
      "distinct-2 留下",
      "长度：练前 → 练后",
      "训练（分钟，CPU）",
    ],
    rows: runs.map(({ klWeight, seed, after, minutes }) => [
      klWeight,
      seed,
      change(before.reward, after.reward, 3),
      formatNumber(after.kl, 2),
      formatPercent(keptOf(after, before)),
      change(before.length, after.length, 1),
      formatNumber(minutes, 1),
    ]),
  };
}

const change = (before: number, after: number, digits: number): string =>
  `${formatNumber(before, digits)} → ${formatNumber(after, digits)}`;
