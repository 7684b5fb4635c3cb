import { type Column, csvOf } from "../../../figures/data-table.ts";
import type { CsvTable } from "../../../kit/frame/types.ts";
import type { StateOf } from "../../../kit/state/fields.ts";
import { formatPercent } from "../../../kit/text/format.ts";
import type { whatIfFields } from "../fields.ts";
import { type Ask, type Change, type Looked, rowsOf, type Written, write } from "./look.ts";

export type Asked = StateOf<typeof whatIfFields>;

/** What a translator writes by itself, and what it writes once something is set. */
export interface WhatIf {
  readonly looked: Looked;
  readonly source: string;
  readonly own: Written;
  readonly changed: Written;
  /** Where something was set: the cell, from 0; undefined where nothing was. */
  readonly cell: { readonly row: number; readonly column: number } | undefined;
  /** The character that was written instead; empty for none. */
  readonly word: string;
}

/** A row of attention with one cell that is all there is, or one cell that is missing; the rest shares what that had. */
export function rowWith(weights: Float32Array, column: number, act: "only" | "without"): Float32Array {
  if (act === "only") return weights.map((_, i) => (i === column ? 1 : 0));
  const rest = 1 - weights[column]!;
  // Who looked nowhere else has no opinion of the others.
  if (rest < 1e-6) return weights.map((_, i) => (i === column ? 0 : 1 / Math.max(1, weights.length - 1)));
  return weights.map((weight, i) => (i === column ? 0 : weight / rest));
}

/** What is set, given what the translator does by itself. */
export function changeOf(
  own: Written,
  { row, column, act, word }: Pick<Asked, "row" | "column" | "act" | "word">,
): Change {
  const [rows = 0, columns = 0] = own.pattern?.shape ?? [];
  const place = Math.min(row, rows) - 1;
  const weights = own.pattern?.data.subarray(place * columns, (place + 1) * columns);
  const attention =
    act !== "none" && weights
      ? new Map([[place, rowWith(weights, Math.min(column, columns) - 1, act)]])
      : new Map<number, Float32Array>();
  const forced = word === "" ? new Map<number, string>() : new Map([[place, word]]);
  return { attention, forced };
}

/** The translator by itself, and once more with what is set. */
export async function tryIt(ask: Ask, looked: Looked, asked: Asked): Promise<WhatIf | undefined> {
  const { source, word } = asked;
  const own = await write(ask, source);
  if (!own) return undefined;
  const change = changeOf(own, asked);
  const isSet = (change.attention?.size ?? 0) + (change.forced?.size ?? 0) > 0;
  const changed = isSet ? await write(ask, source, change) : own;
  if (!changed) return undefined;
  const [rows = 1, columns = 1] = own.pattern?.shape ?? [];
  const cell = { row: Math.min(asked.row, rows) - 1, column: Math.min(asked.column, columns) - 1 };
  return { looked, source, own, changed, cell: isSet ? cell : undefined, word };
}

/** The steps at which the two differ, from 0. */
export function differences({ own, changed }: WhatIf): number[] {
  const [before, after] = [rowsOf(own), rowsOf(changed)];
  const length = Math.max(before.length, after.length);
  return Array.from({ length }, (_, i) => i).filter((i) => before[i] !== after[i]);
}

/** What came of it, as a sentence. */
export function tellWhatIf(whatIf: WhatIf): string {
  const { own, changed, cell } = whatIf;
  if (!cell) return `没有改什么，读成「${own.characters.join("")}」。`;
  const [before, after] = [rowsOf(own), rowsOf(changed)];
  const different = differences(whatIf);
  const [first] = different;
  if (first === undefined) {
    const { row } = cell;
    return `一个字也没有变；第 ${row + 1} 步的「${before[row]}」，概率从 ${formatPercent(own.probabilities[row] ?? 0)} 到 ${formatPercent(changed.probabilities[row] ?? 0)}。`;
  }
  const name = (text: string | undefined): string => (text === undefined ? "没有字" : `「${text}」`);
  const later = different.length > 1 ? `，后面还有 ${different.length - 1} 处跟着变` : "，后面的没有跟着变";
  return `第 ${first + 1} 步从${name(before[first])}变成${name(after[first])}${later}。`;
}

interface Step {
  readonly step: number;
  readonly before: string | undefined;
  readonly beforeProbability: number | undefined;
  readonly after: string | undefined;
  readonly afterProbability: number | undefined;
}

export function tableOf({ own, changed }: WhatIf): CsvTable {
  const [before, after] = [rowsOf(own), rowsOf(changed)];
  const rows = Array.from(
    { length: Math.max(before.length, after.length) },
    (_, i): Step => ({
      step: i + 1,
      before: before[i],
      beforeProbability: own.probabilities[i],
      after: after[i],
      afterProbability: changed.probabilities[i],
    }),
  );
  const columns: Column<Step>[] = [
    { head: "步", cell: ({ step }) => step },
    { head: "自己写的", cell: ({ before }) => before },
    { head: "概率", cell: ({ beforeProbability }) => beforeProbability },
    { head: "改了以后", cell: ({ after }) => after },
    { head: "改了以后的概率", cell: ({ afterProbability }) => afterProbability },
  ];
  return csvOf(columns, rows);
}
