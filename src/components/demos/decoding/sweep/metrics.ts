import { type Column, estimateColumns } from "../../../figures/data-table.ts";
import { formatNumber, formatPercent } from "../../../kit/text/format.ts";
import { distinctEstimate, type Estimate, meanEstimate, shareEstimate } from "../../../kit/text/statistics.ts";
import { linesOf } from "../../../subjects/poems/poem.ts";
import type { SampledPoem } from "./collect.ts";

/** Poems of each value that are shown. */
export const SHOWN_POEMS = 4;

export type MetricId = "form" | "rhyme" | "distinct2" | "repeated" | "copied" | "logProb";

/** One thing that is measured of a set of poems. */
export interface Metric {
  readonly id: MetricId;
  readonly title: string;
  /** The same in a table. */
  readonly head: string;
  /** A share from 0 to 1, or a plain number. */
  readonly kind: "share" | "number";
  /** Whether the whole range from 0 to 1 is used, so that the plot should show it. */
  readonly whole: boolean;
  readonly estimate: (poems: readonly SampledPoem[]) => Estimate | null;
}

export const metrics: readonly Metric[] = [
  {
    id: "form",
    title: "格式正确的诗",
    head: "格式",
    kind: "share",
    whole: true,
    estimate: (poems) => shareOf(poems, ({ measures }) => measures.form),
  },
  {
    id: "rhyme",
    title: "押韵的诗",
    head: "押韵",
    kind: "share",
    whole: true,
    estimate: (poems) => shareOf(poems, ({ measures }) => measures.rhyme),
  },
  {
    id: "distinct2",
    title: "多样性 distinct-2",
    head: "distinct-2",
    kind: "share",
    whole: true,
    estimate: (poems) => distinctEstimate(poems.map(({ body }) => pairsOf(body))),
  },
  {
    id: "repeated",
    title: "重复的字",
    head: "重复字",
    kind: "share",
    whole: false,
    estimate: (poems) => meanEstimate(poems.map(({ measures }) => measures.repeated).filter((share) => share !== null)),
  },
  {
    id: "copied",
    title: "抄来的诗句",
    head: "抄句",
    kind: "share",
    whole: false,
    estimate: (poems) =>
      shareEstimate(
        poems.reduce((sum, { measures }) => sum + measures.copied.length, 0),
        poems.reduce((sum, { measures }) => sum + measures.lineCount, 0),
      ),
  },
  {
    id: "logProb",
    title: "每词元平均 ln p",
    head: "每词元 ln p",
    kind: "number",
    whole: false,
    estimate: (poems) => meanEstimate(poems.map(({ logProbPerToken }) => logProbPerToken)),
  },
];

function shareOf(poems: readonly SampledPoem[], holds: (poem: SampledPoem) => boolean): Estimate | null {
  return shareEstimate(poems.filter(holds).length, poems.length);
}

/** Pairs of neighbours within lines. */
export function pairsOf(body: string): string[] {
  return linesOf(body).flatMap((line) => {
    const characters = [...line];
    return characters.slice(1).map((character, i) => `${characters[i]}${character}`);
  });
}

/** What came of one value of the axis. */
export interface Row {
  readonly value: number;
  /** Poems that were measured. */
  readonly count: number;
  /** Of a sweep of the reader's own all of them; of a recorded one those that are shown. */
  readonly poems: readonly SampledPoem[];
  readonly estimates: Readonly<Record<MetricId, Estimate | null>>;
}

export function makeRow(value: number, poems: readonly SampledPoem[]): Row {
  const entries = metrics.map(({ id, estimate }) => [id, estimate(poems)] as const);
  // Object.fromEntries forgets the names of the keys; `metrics` has them all.
  return {
    value,
    count: poems.length,
    poems,
    estimates: Object.fromEntries(entries) as Record<MetricId, Estimate | null>,
  };
}

export function formatMetric({ kind }: Metric, value: number): string {
  return kind === "share" ? formatPercent(value) : formatNumber(value, 2);
}

/** The same for an axis: no digit more than needed. */
export function formatTick({ kind }: Metric, value: number): string {
  return kind === "share" ? `${Number((value * 100).toFixed(1))}%` : formatNumber(value);
}

/** All estimates with their intervals, a row for each value. */
export function columnsOf(axisName: string, seed: number): Column<Row>[] {
  return [
    { head: axisName, cell: ({ value }) => value, small: ({ count }) => `${count} 首`, number: false },
    { head: "诗数", cell: ({ count }) => count, only: "csv" },
    { head: "种子", cell: () => seed, only: "csv" },
    ...metrics.flatMap((metric) =>
      estimateColumns<Row>(metric.head, ({ estimates }) => estimates[metric.id], {
        print: (value) => formatMetric(metric, value),
      }),
    ),
  ];
}
