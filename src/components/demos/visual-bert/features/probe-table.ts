import type { ProbeMetrics } from "../../../../engine/experiments/probe.ts";
import type { Column } from "../../../figures/data-table.ts";
import { formatPercent } from "../../../kit/text/format.ts";
import { allSources, POOLINGS, type Pooling, representationName, type Source, sourceName } from "./vectors.ts";

export const POOLING_NAMES: Readonly<Record<Pooling, string>> = { mean: "各字平均", cls: "[CLS]" };

/** One line of the comparison. */
export interface ProbeRow {
  readonly source: Source;
  /** The bag of characters has no pooling, and stands under `mean`. */
  readonly pooling: Pooling;
  /** Undefined until it is measured. */
  readonly metrics: ProbeMetrics | undefined;
}

/** What was measured, by source and pooling; lines come before they are measured, so that the table does not jump. */
export function probeRows(records: readonly ProbeMetrics[], layers: number): ProbeRow[] {
  const found = new Map(records.map((record) => [record.representation, record]));
  return allSources(layers).flatMap((source) =>
    (source === "bag" ? POOLINGS.slice(0, 1) : POOLINGS).map((pooling) => ({
      source,
      pooling,
      metrics: found.get(representationName(source, pooling)),
    })),
  );
}

/** The best of what comes from the model; undefined before anything is measured. */
export function bestOf(rows: readonly ProbeRow[]): ProbeRow | undefined {
  return rows
    .filter(({ source, metrics }) => source !== "bag" && metrics)
    .toSorted((a, b) => b.metrics!.accuracy - a.metrics!.accuracy)[0];
}

/** What the columns of the comparison depend on. */
interface Probed {
  /** Names of the model, and of what is told apart. */
  readonly model: string;
  readonly task: string;
  /** What guessing gets right. */
  readonly chance: number;
  readonly best: ProbeRow | undefined;
}

export function probeColumns({ model, task, chance, best }: Probed): Column<ProbeRow>[] {
  return [
    { head: "模型", cell: ({ source }) => (source === "bag" ? "—" : model), only: "csv" },
    { head: "分什么", cell: () => task, only: "csv" },
    { head: "表示", cell: ({ source }) => sourceName(source) },
    { head: "取法", cell: ({ source, pooling }) => (source === "bag" ? "—" : POOLING_NAMES[pooling]) },
    {
      head: "平均准确率",
      cell: ({ metrics }) => metrics?.accuracy,
      print: formatPercent,
      bar: {
        length: ({ metrics }) => metrics?.accuracy,
        range: ({ metrics }) => metrics && [metrics.accuracy - metrics.deviation, metrics.accuracy + metrics.deviation],
        mark: () => chance,
        color: (row) => `var(--vl-${row === best ? "chosen" : row.source === "bag" ? "dropped" : "kept"})`,
      },
    },
    {
      head: "标准差",
      cell: ({ metrics }) => metrics?.deviation,
      print: (deviation) => `± ${(100 * deviation).toFixed(1)}`,
    },
    { head: "最低", cell: ({ metrics }) => metrics?.lowest, only: "csv" },
    { head: "最高", cell: ({ metrics }) => metrics?.highest, only: "csv" },
    { head: "分法数", cell: ({ metrics }) => metrics?.splits, only: "csv" },
  ];
}
