import type { ProbeMetrics } from "../../../../engine/experiments/probe.ts";
import type { CsvTable } from "../../../kit/frame/types.ts";
import { allSources, POOLINGS, type Pooling, representationName, type Source, sourceName } from "./vectors.ts";

export const POOLING_NAMES: Readonly<Record<Pooling, string>> = { mean: "各字平均", cls: "[CLS]" };

/** One line of the comparison. */
export interface ProbeRow {
  readonly source: Source;
  readonly name: string;
  /** What was measured so far; the bag of characters has no pooling, and stands under `mean`. */
  readonly measured: Readonly<Partial<Record<Pooling, ProbeMetrics>>>;
}

/** What was measured, by source and pooling; sources come before they are measured, so that the table does not jump. */
export function probeRows(records: readonly ProbeMetrics[], layers: number): ProbeRow[] {
  const found = new Map(records.map((record) => [record.representation, record]));
  return allSources(layers).map((source) => {
    const poolings = source === "bag" ? POOLINGS.slice(0, 1) : POOLINGS;
    const measured = poolings.flatMap((pooling) => {
      const record = found.get(representationName(source, pooling));
      return record ? [[pooling, record] as const] : [];
    });
    return { source, name: sourceName(source), measured: Object.fromEntries(measured) };
  });
}

/** The best of what comes from the model; undefined before anything is measured. */
export function bestOf(
  rows: readonly ProbeRow[],
): { readonly row: ProbeRow; readonly pooling: Pooling; readonly metrics: ProbeMetrics } | undefined {
  const all = rows.flatMap((row) =>
    row.source === "bag"
      ? []
      : POOLINGS.flatMap((pooling) => {
          const metrics = row.measured[pooling];
          return metrics ? [{ row, pooling, metrics }] : [];
        }),
  );
  return all.toSorted((a, b) => b.metrics.accuracy - a.metrics.accuracy)[0];
}

/** The comparison as a table to be saved. */
export function probeCsv(rows: readonly ProbeRow[], model: string, task: string): CsvTable {
  return {
    columns: ["模型", "分什么", "表示", "取法", "平均正确率", "标准差", "最低", "最高", "分法数"],
    rows: rows.flatMap(({ source, name, measured }) =>
      POOLINGS.flatMap((pooling) => {
        const metrics = measured[pooling];
        if (!metrics) return [];
        const { accuracy, deviation, lowest, highest, splits } = metrics;
        const [by, how] = source === "bag" ? ["—", "—"] : [model, POOLING_NAMES[pooling]];
        return [[by, task, name, how, accuracy, deviation, lowest, highest, splits]];
      }),
    ),
  };
}
