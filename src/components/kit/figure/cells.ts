import type { CsvTable } from "../frame/types.ts";
import { formatNumber } from "../text/format.ts";

/** A table as it is printed. @param wanted heads of the columns that are shown, in their order @throws RangeError for one that the table does not have */
export function toCells(
  { columns, rows }: CsvTable,
  wanted: readonly string[] = columns,
): { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] } {
  const places = wanted.map((head) => {
    const place = columns.indexOf(head);
    if (place < 0) throw new RangeError(`the table has no column ${head}`);
    return place;
  });
  return { head: wanted, rows: rows.map((row) => places.map((place) => written(row[place] ?? ""))) };
}

function written(cell: string | number | boolean): string {
  if (typeof cell === "boolean") return cell ? "✓" : "✗";
  return typeof cell === "number" ? formatNumber(cell) : cell;
}
