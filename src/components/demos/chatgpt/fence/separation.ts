import { type Column, csvOf, estimateColumns } from "../../../figures/data-table.ts";
import type { CsvTable } from "../../../kit/frame/types.ts";
import { formatPercent } from "../../../kit/text/format.ts";
import { areaUnder, type Estimate, shareEstimate } from "../../../kit/text/statistics.ts";
import { MEASURES, type Measure } from "./measures.ts";
import type { Outcome } from "./questions.ts";
import type { Watched } from "./watch.ts";

/** An answer with what became of its question. */
export interface Judged extends Watched {
  readonly outcome: Outcome;
}

/** The share of the right answers that a threshold is to let pass. */
export const KEPT = 0.9;

/** The value that nine tenths of the right answers reach: more certain is larger here, whatever the measure. */
export function thresholdOf(right: readonly number[]): number | undefined {
  const sorted = right.toSorted((a, b) => b - a);
  return sorted[Math.ceil(KEPT * sorted.length) - 1];
}

/** How well a measure tells answers apart. */
export interface Separation {
  readonly measure: Measure;
  /** Inside from outside, whatever was answered. */
  readonly sides: Estimate | null;
  /** What is right from what is made up, or wrong. */
  readonly trust: Estimate | null;
  /** The share of what is made up or wrong that still passes where nine tenths of the right answers do. */
  readonly passing: Estimate | null;
}

/** Every measure, by how well it tells what is right from what is not, the best first. */
export function separationsOf(answers: readonly Judged[]): Separation[] {
  return MEASURES.map((measure: Measure) => {
    const certainty = (outcomes: readonly Outcome[]): number[] =>
      answers
        .filter(({ outcome }) => outcomes.includes(outcome))
        .map((answer) => (measure.larger ? 1 : -1) * measure.of(answer));
    const [right, untrue] = [certainty(["right"]), certainty(["wrong", "invents"])];
    const threshold = thresholdOf(right);
    return {
      measure,
      sides: areaUnder(certainty(["right", "wrong"]), certainty(["admits", "invents"])),
      trust: areaUnder(right, untrue),
      passing:
        threshold === undefined
          ? null
          : shareEstimate(untrue.filter((value) => value >= threshold).length, untrue.length),
    };
  }).sort((a, b) => (b.trust?.value ?? 0) - (a.trust?.value ?? 0));
}

export const SEPARATION_COLUMNS: readonly Column<Separation>[] = [
  { head: "量", cell: ({ measure }) => measure.title },
  ...estimateColumns<Separation>("分开里外", ({ sides }) => sides, { print: formatPercent }),
  ...estimateColumns<Separation>("分开对的和编的", ({ trust }) => trust, { print: formatPercent }),
  ...estimateColumns<Separation>("混进来的", ({ passing }) => passing, { print: formatPercent }),
];

/** What is recorded of the figure as a table. */
export function separationTable(answers: readonly Judged[]): CsvTable {
  return csvOf(SEPARATION_COLUMNS, separationsOf(answers));
}
