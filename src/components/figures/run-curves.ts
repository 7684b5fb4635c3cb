import type { CsvTable, RunSeries } from "../kit/frame/types.ts";

/** What a step of a training has measured. */
export type Measured = Readonly<Record<string, number | null>>;

/** A run as plots and files name it. */
export interface NamedRun<Row> {
  readonly name: string;
  readonly records: readonly Row[];
}

/** One metric, and how it is drawn. */
export interface Curve<Row> {
  readonly key: keyof Row & string;
  /** In words, for the caption. */
  readonly title: string;
  /** Where it has natural limits. */
  readonly yDomain?: readonly [from: number, to: number];
  /** A value to compare with. */
  readonly mark?: number;
  readonly format: (value: number) => string;
}

/** One metric of a run over another, such as its steps. */
export function seriesOf<Row extends Measured>(
  { name, records }: NamedRun<Row>,
  x: keyof Row & string,
  y: keyof Row & string,
): RunSeries {
  return { name, points: records.map((record) => [record[x] ?? 0, record[y] ?? null]) };
}

/** Some metrics of some runs, each under its head, one row per record. */
export function recordsTable<Row extends Measured>(
  runs: readonly NamedRun<Row>[],
  columns: readonly (readonly [head: string, key: keyof Row & string])[],
): CsvTable {
  const rows = runs.flatMap(({ name, records }) =>
    records.map((record) => [name, ...columns.map(([, key]) => record[key] ?? "")]),
  );
  return { columns: ["哪一次", ...columns.map(([head]) => head)], rows };
}
