import { mean } from "../../../../engine/statistics.ts";
import { type Column, csvOf, estimateColumns } from "../../../figures/data-table.ts";
import type { CsvTable } from "../../../kit/frame/types.ts";
import { formatPercent } from "../../../kit/text/format.ts";
import { type Estimate, shareEstimate } from "../../../kit/text/statistics.ts";
import { MEASURES, type Measure } from "./measures.ts";
import type { Outcome } from "./questions.ts";
import type { Watched } from "./watch.ts";

/** An answer with what became of its question. */
export interface Judged extends Watched {
  readonly outcome: Outcome;
}

/** 97.5 % of a normal distribution lie below. */
const Z = 1.959963984540054;
/** The share of the right answers that a threshold is to let pass. */
export const KEPT = 0.9;

/**
 * How often one of the first is larger than one of the second, a tie counting half: the area under the ROC curve, with the interval of DeLong,
 * DeLong and Clarke-Pearson (1988).
 * @returns `null` where one of both is empty
 */
export function areaUnder(first: readonly number[], second: readonly number[]): Estimate | null {
  if (first.length === 0 || second.length === 0) return null;
  const wins = (a: number, b: number): number => (a > b ? 1 : a === b ? 0.5 : 0);
  const ofFirst = first.map((a) => mean(second.map((b) => wins(a, b))));
  const ofSecond = second.map((b) => mean(first.map((a) => wins(a, b))));
  const value = mean(ofFirst);
  const half = Z * Math.sqrt(errorOf(ofFirst) + errorOf(ofSecond));
  return { value, low: Math.max(0, value - half), high: Math.min(1, value + half) };
}

/** The squared standard error of a mean. */
function errorOf(values: readonly number[]): number {
  const middle = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return values.length > 1 ? squares / (values.length - 1) / values.length : 0;
}

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
