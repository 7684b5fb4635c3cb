import { maxOf, mean, minOf } from "../../../engine/statistics.ts";
import type { CsvTable } from "../frame/types.ts";
import { formatChange, formatCount, formatNumber, formatPercent } from "../text/format.ts";

/**
 * How the numbers of a column are written: as they are; shares of 1 in percent; differences of shares in percentage points, with their sign; or
 * large ones in Chinese reading units.
 */
export type Writing = "number" | "percent" | "points" | "count";

/** A column of a record's table as a page shows it. */
export interface ShownColumn {
  /** Its head in the table. */
  readonly head: string;
  /** What the page calls it, if otherwise. */
  readonly title?: string;
  readonly as?: Writing;
}

/** A cell as it is printed. */
export interface PrintedCell {
  readonly text: string;
  /** Of a measured value, where the table has its limits: the 95 % interval. */
  readonly interval?: string;
}

/** Behind the head of a measured value, as `estimateColumns` writes them: the heads of its limits. */
const LIMITS = ["，95% 下限", "，95% 上限"];

const WRITTEN: Readonly<Record<Writing, (value: number) => string>> = {
  number: (value) => (Number.isInteger(value) ? grouped(value) : formatNumber(value)),
  percent: formatPercent,
  points: (value) => formatChange(100 * value, 1),
  count: formatCount,
};

/** A whole number in full. */
function grouped(value: number): string {
  return formatNumber(value, 0).replace(/\B(?=(\d{3})+$)/g, ",");
}

/**
 * A table as it is printed.
 * @param shown its columns on the page, in their order; a mere head stands for a column of that name. All but the limits of intervals where nothing is said
 * @throws RangeError for a column that the table does not have
 */
export function toCells(
  { columns, rows }: CsvTable,
  shown: readonly (ShownColumn | string)[] = columns.filter((head) => !LIMITS.some((limit) => head.endsWith(limit))),
): { readonly head: readonly string[]; readonly rows: readonly (readonly PrintedCell[])[] } {
  const specs = shown.map((one): ShownColumn => (typeof one === "string" ? { head: one } : one));
  const printers = specs.map(({ head, as = "number" }) => {
    const place = placeOf(columns, head);
    const limits = LIMITS.map((limit) => columns.indexOf(head + limit));
    return (row: CsvTable["rows"][number]): PrintedCell => {
      const [low, high] = limits.map((limit) => row[limit]);
      const text = printed(row[place], as);
      return typeof low === "number" && typeof high === "number"
        ? { text, interval: `${printed(low, as)} 到 ${printed(high, as)}` }
        : { text };
    };
  });
  return {
    head: specs.map(({ head, title = head }) => title),
    rows: rows.map((row) => printers.map((print) => print(row))),
  };
}

function printed(cell: string | number | boolean | undefined, as: Writing): string {
  if (cell === undefined || cell === "") return "—";
  if (typeof cell === "boolean") return cell ? "✓" : "✗";
  return typeof cell === "number" ? WRITTEN[as](cell) : cell;
}

/** Which number of a column is meant: that of a row, by what stands first in it, or one for all rows. */
export type Which = { readonly row: string } | { readonly of: "mean" | "least" | "most" };

/** @throws RangeError where the table has no such column or row, or no number there */
export function takeNumber({ columns, rows }: CsvTable, head: string, which: Which): number {
  const place = placeOf(columns, head);
  const meant = "row" in which ? rows.filter(([first]) => String(first) === which.row) : rows;
  const numbers = meant.map((row) => row[place]).filter((cell) => typeof cell === "number");
  if (numbers.length === 0 || ("row" in which && numbers.length > 1))
    throw new RangeError(`not one number in ${head}: ${JSON.stringify(which)}`);
  if ("row" in which) return numbers[0]!;
  return { mean, least: minOf, most: maxOf }[which.of](numbers);
}

/** A number in running text. @param digits behind the point, where it is written as it is */
export function writeNumber(value: number, as: Writing = "number", digits?: number): string {
  return digits === undefined ? WRITTEN[as](value) : formatNumber(value, digits);
}

function placeOf(columns: readonly string[], head: string): number {
  const place = columns.indexOf(head);
  if (place < 0) throw new RangeError(`the table has no column ${head}`);
  return place;
}
