import type { Snippet } from "svelte";
import type { CsvTable } from "../kit/frame/types.ts";
import { formatNumber, formatPercent } from "../kit/text/format.ts";
import type { Estimate } from "../kit/text/statistics.ts";

/** What a row has in a column; null and undefined: nothing, printed as a dash and saved as an empty cell. */
export type Cell = string | number | boolean | null | undefined;

/** A bar beside a number. Lengths are shares of its track, 0–1; of a signed bar −1 to 1, from the middle. */
export interface CellBar<Row> {
  readonly length: (row: Row) => number | undefined;
  readonly signed?: boolean;
  /** An interval, drawn as a whisker. */
  readonly range?: (row: Row) => readonly [low: number, high: number] | undefined;
  /** Where a dashed line stands, to compare with. */
  readonly mark?: (row: Row) => number | undefined;
  /** CSS colour; signed bars have those of their signs. */
  readonly color?: (row: Row) => string;
}

/** A column of `DataTable`, and of the CSV that is saved of the same rows. */
export interface Column<Row> {
  /** Names it, on the screen and in the CSV. */
  readonly head: string;
  /** Numbers in full: `print` writes them for the eye, the CSV has six digits of them. */
  readonly cell: (row: Row) => Cell;
  /** How numbers are written; by default with four significant digits. */
  readonly print?: (value: number) => string;
  /** A second, smaller line. */
  readonly small?: (row: Row) => string | undefined;
  readonly bar?: CellBar<Row>;
  /** Draws the cell, where text would not do; `cell` is what is saved of it. */
  readonly draw?: Snippet<[Row]>;
  /** Whether it is set as numbers are, to the right; by default if its cells are numbers. */
  readonly number?: boolean;
  /** Long texts: goes across the table where that is narrow, with the other columns below it, each named by its head. */
  readonly wide?: boolean;
  /** On the screen alone, or in the CSV alone. */
  readonly only?: "screen" | "csv";
}

/** The columns of a measured value: on the screen above its 95 % interval; the CSV has the limits in columns of their own. */
export function estimateColumns<Row>(
  head: string,
  estimate: (row: Row) => Estimate | null | undefined,
  options: Pick<Column<Row>, "print" | "bar"> = {},
): Column<Row>[] {
  const { print = formatNumber } = options;
  const interval = (row: Row): string | undefined => {
    const { low, high } = estimate(row) ?? {};
    return low === undefined || high === undefined ? undefined : `${print(low)}–${print(high)}`;
  };
  return [
    { ...options, head, cell: (row) => estimate(row)?.value, small: interval, number: true },
    { head: `${head}，95% 下限`, cell: (row) => estimate(row)?.low, only: "csv" },
    { head: `${head}，95% 上限`, cell: (row) => estimate(row)?.high, only: "csv" },
  ];
}

/** The same of a share, with a bar that has its interval for a whisker. */
export function shareColumns<Row>(
  head: string,
  share: (row: Row) => Estimate | null | undefined,
  bar: Pick<CellBar<Row>, "mark" | "color"> = {},
): Column<Row>[] {
  const range = (row: Row): readonly [number, number] | undefined => {
    const estimate = share(row);
    return estimate ? [estimate.low, estimate.high] : undefined;
  };
  const length = (row: Row): number | undefined => share(row)?.value;
  return estimateColumns(head, share, { print: formatPercent, bar: { ...bar, length, range } });
}

/** A cell as text: dashes for nothing. */
export function cellText<Row>({ cell, print = formatNumber }: Column<Row>, row: Row): string {
  const value = cell(row);
  if (value === null || value === undefined || value === "") return "—";
  return typeof value === "number" ? print(value) : String(value);
}

/** Whether a column's cells stand to the right. */
export function isNumeric<Row>({ number, cell }: Column<Row>, rows: readonly Row[]): boolean {
  return number ?? rows.some((row) => typeof cell(row) === "number");
}

/** The table of the same columns that a demo saves. */
export function csvOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): CsvTable {
  const saved = columns.filter(({ only }) => only !== "screen");
  return { columns: saved.map(({ head }) => head), rows: rows.map((row) => saved.map(({ cell }) => cell(row) ?? "")) };
}
