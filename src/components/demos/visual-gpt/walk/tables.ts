import { type Column, csvOf } from "../../../figures/data-table.ts";
import type { CsvTable } from "../../../kit/frame/types.ts";
import { formatNumber, formatPercent } from "../../../kit/text/format.ts";
import { visibleToken } from "../../../kit/text/token-text.ts";
import type { Guess, WalkReading } from "./reading.ts";
import { stationOf } from "./stations.ts";
import { numbersOf } from "./views.ts";
import type { Place } from "./way.ts";

interface Identity {
  readonly place: number;
  readonly token: string;
  readonly id: number;
}

export const idColumns: readonly Column<Identity>[] = [
  { head: "位置", cell: ({ place }) => place },
  { head: "词元", cell: ({ token }) => token },
  { head: "编号", cell: ({ id }) => id },
];

export function idRows({ ids, tokens }: Pick<WalkReading, "ids" | "tokens">): Identity[] {
  return ids.map((id, place) => ({ place: place + 1, token: visibleToken(tokens[place] ?? ""), id }));
}

export const guessColumns: readonly Column<Guess>[] = [
  { head: "词元", cell: ({ text }) => visibleToken(text) },
  { head: "logit", cell: ({ logit }) => logit, print: (logit) => formatNumber(logit, 3) },
  {
    head: "概率",
    cell: ({ probability }) => probability,
    print: formatPercent,
    bar: { length: ({ probability }) => probability },
  },
];

/** What a place shows, as a table: a row for each token, or for each of the likeliest next ones. */
export function csvAt(reading: WalkReading, place: Place, head: number, token: number): CsvTable {
  const { form } = stationOf(place.station);
  if (form === "ids") return csvOf(idColumns, idRows(reading));
  if (form === "guesses") return csvOf(guessColumns, reading.guesses[token] ?? []);
  const view = numbersOf(reading, place, head);
  const rows = Array.from({ length: view?.rows ?? 0 }, (_, row) => [
    row + 1,
    reading.tokens[row] ?? "",
    ...Array.from({ length: view!.columns }, (_, column) =>
      view!.hidden?.(row, column) ? "" : view!.data[row * view!.columns + column]!,
    ),
  ]);
  const columns = Array.from({ length: view?.columns ?? 0 }, (_, column) =>
    form === "square" ? `${column + 1} ${reading.tokens[column]}` : String(column + 1),
  );
  return { columns: ["位置", "词元", ...columns], rows };
}
