import type { CsvTable } from "./types.ts";

/**
 * A table as CSV (RFC 4180): CRLF lines, quotes where needed. It starts with a byte-order mark, without which Excel takes UTF-8
 * Chinese for something else. Whole numbers are written in full, others with the six digits that 32-bit arithmetic vouches for; what is no
 * number is an empty cell.
 */
export function toCsv({ columns, rows }: CsvTable): string {
  const lines = [columns, ...rows].map((row) => row.map((cell) => quote(written(cell))).join(","));
  return `\uFEFF${lines.join("\r\n")}\r\n`;
}

function written(cell: CsvTable["rows"][number][number]): string {
  if (typeof cell === "boolean") return cell ? "是" : "否";
  if (typeof cell === "string") return cell;
  if (!Number.isFinite(cell)) return "";
  return String(Number.isInteger(cell) ? cell : Number(cell.toPrecision(6)));
}

function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
