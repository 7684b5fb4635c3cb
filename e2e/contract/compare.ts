import type { Agreement } from "./row.ts";

/**
 * What two tables of one demo, with the head first, differ in beyond what is agreed, a line for each cell: none if they agree. Numbers may
 * differ by the tolerance; everything else, whole numbers included, not at all.
 */
export function differences(
  one: readonly (readonly string[])[],
  other: readonly (readonly string[])[],
  { tolerance, records = Number.POSITIVE_INFINITY, enough }: Agreement,
): string[] {
  // Two runs that were cut short have come as far as they have.
  const most = enough ? Math.min(one.length, other.length) : records + 1;
  const [a, b] = [one.slice(0, most), other.slice(0, most)];
  if (a.length !== b.length) return [`${a.length} rows, and ${b.length}`];
  return a.flatMap((row, r) =>
    row.flatMap((cell, c) => {
      const twin = b[r]?.[c] ?? "";
      return agree(cell, twin, tolerance) ? [] : [`row ${r}, ${a[0]?.[c]}: ${cell}, and ${twin}`];
    }),
  );
}

/** Whether two cells do; one that lists several numbers has spaces between them. */
function agree(one: string, other: string, tolerance: number): boolean {
  const [a, b] = [one.split(" "), other.split(" ")];
  return a.length === b.length && a.every((part, i) => part === b[i] || near(part, b[i]!, tolerance));
}

/** Whether two numbers are close, as a share of the larger where that is above 1. What is no number is close to nothing. */
function near(one: string, other: string, tolerance: number): boolean {
  if (/^-?\d*$/.test(one) && /^-?\d*$/.test(other)) return false;
  const [a, b] = [Number(one), Number(other)];
  return Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));
}
