import { type Column, nameOf } from "./columns.ts";
import type { Summary } from "./statistics.ts";

export interface Row {
  readonly label: string;
  readonly unit: string;
  readonly better: "higher" | "lower";
  /** One per column; null where a library cannot do it. */
  readonly cells: readonly (Summary | null)[];
  /** Label of the row whose figures stand in for peers that have none in this one. */
  readonly peersFrom?: string | undefined;
}

/** The table in Markdown: median (quartiles; best) for every column, then ours as a ratio to the better peer on each backend, of medians (of bests). */
export function renderTable(columns: readonly Column[], rows: readonly Row[]): string {
  const backends = [...new Set(columns.map(({ backend }) => backend))];
  const head = ["", "unit", ...columns.map(nameOf), ...backends.map((backend) => `ratio, ${backend}`)];
  const lines = rows.map((row) => [
    row.label,
    row.unit,
    ...row.cells.map((cell) =>
      cell ? `${figure(cell.median)} (${figure(cell.low)}–${figure(cell.high)}; ${figure(cell.best)})` : "–",
    ),
    ...backends.map((backend) => {
      const [medians, bests] = (["median", "best"] as const).map((of) => ratio(row, rows, columns, backend, of));
      return `${medians} (${bests})`;
    }),
  ]);
  return [head, head.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** How many times better ours is than the best of the others, on one backend. */
function ratio(
  row: Row,
  rows: readonly Row[],
  columns: readonly Column[],
  backend: string,
  of: "median" | "best",
): string {
  const stand = row.peersFrom === undefined ? undefined : rows.find(({ label }) => label === row.peersFrom);
  const peers: number[] = [];
  let ours: number | undefined;
  columns.forEach((column, i) => {
    if (column.backend !== backend) return;
    if (column.subject === "ours") ours = row.cells[i]?.[of];
    else {
      const cell = row.cells[i] ?? stand?.cells[i];
      if (cell) peers.push(cell[of]);
    }
  });
  if (ours === undefined || peers.length === 0) return "–";
  const factor = row.better === "higher" ? ours / Math.max(...peers) : Math.min(...peers) / ours;
  return `${factor.toFixed(2)}×`;
}

/** Three significant digits. */
function figure(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
