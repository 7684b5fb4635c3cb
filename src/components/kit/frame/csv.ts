import type { CsvTable } from "./types.ts";

/**
 * A table as CSV (RFC 4180): CRLF lines, quotes where needed. It starts with a byte-order mark, without which Excel takes UTF-8
 * Chinese for something else.
 */
export function toCsv({ columns, rows }: CsvTable): string {
  const lines = [columns, ...rows].map((row) => row.map((cell) => quote(String(cell))).join(","));
  return `\uFEFF${lines.join("\r\n")}\r\n`;
}

function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
