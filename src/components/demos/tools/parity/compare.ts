import { kendall } from "../../../../engine/analysis/rank-correlation.ts";
import { maxOf } from "../../../../engine/statistics.ts";
import type { Column } from "../../../figures/data-table.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { formatNumber, formatPercent } from "../../../kit/text/format.ts";
import { visibleToken } from "../../../kit/text/token-text.ts";
import { ourNumbers } from "./ours.ts";
import { ROWS, type RowId, saidBy, saidOf, toolName } from "./rows.ts";

export interface Asked {
  readonly row: RowId;
  /** Which of the tool's texts, counted from 1. */
  readonly sentence: number;
  readonly seed: number;
}

/** One token, as a tool and as the engine see it. */
interface Pair {
  readonly label: string;
  readonly theirs: number;
  readonly ours: number;
  /** Theirs less ours: taken before the two are rounded for a figure. */
  readonly difference: number;
}

/** A tool beside the engine, on one text. */
export interface Compared extends Asked {
  readonly text: string;
  /** Those that are drawn. */
  readonly pairs: readonly Pair[];
  /** Of all numbers: how many, the largest difference of two, the largest number of the tool, Kendall's τ. */
  readonly count: number;
  readonly largest: number;
  readonly size: number;
  readonly tau: number | null;
}

/** Computes what a tool has said. @throws EngineError as `ourNumbers`; RangeError where there are more or fewer numbers than the tool's */
export async function compare(context: WorkContext, { row, sentence, seed }: Asked): Promise<Compared> {
  const said = saidOf(row, sentence);
  const { values, drawn } = await ourNumbers(context, ROWS[row].kind, said, seed);
  if (values.length !== said.values.length) throw new RangeError(`${values.length} numbers, not ${said.values.length}`);
  const differences = said.values.map((theirs, i) => Math.abs(theirs - values[i]!));
  return {
    ...{ row, sentence, seed, text: said.text },
    pairs: drawn.labels.map((label, i) => ({
      label,
      theirs: said.values[drawn.first + i]!,
      ours: values[drawn.first + i]!,
      difference: said.values[drawn.first + i]! - values[drawn.first + i]!,
    })),
    count: values.length,
    largest: maxOf(differences),
    size: maxOf(said.values.map(Math.abs)),
    tau: kendall(said.values, values),
  };
}

/** How a number of this row is written. */
export function print(row: RowId): (value: number) => string {
  return ROWS[row].kind === "heads" ? formatPercent : (value) => formatNumber(value, 3);
}

/** The two beside each other, bar by bar. */
export function columnsFor({ row, pairs }: Compared): Column<Pair & { readonly place: number }>[] {
  const full = maxOf(pairs.flatMap(({ theirs, ours }) => [Math.abs(theirs), Math.abs(ours)])) || 1;
  const signed = ROWS[row].kind !== "heads";
  const bar = (value: (pair: Pair) => number) => ({ length: (pair: Pair) => value(pair) / full, signed });
  return [
    { head: "词元", cell: ({ label }) => visibleToken(label) },
    { head: "工具", cell: ({ theirs }) => theirs, print: print(row), bar: bar(({ theirs }) => theirs) },
    { head: "引擎", cell: ({ ours }) => ours, print: print(row), bar: bar(({ ours }) => ours) },
    { head: "差", cell: ({ difference }) => difference, print: (value) => formatNumber(value), number: true },
  ];
}

/** What the comparison comes to. */
export function tellCompared({ row, sentence, text, count, largest, size, tau }: Compared): string {
  const { title, kind } = ROWS[row];
  const unit = kind === "heads" ? "" : " 纳特";
  const alone = sentence > saidBy(row).length ? "这一行只记了一句，" : "";
  const off = largest === 0 ? "完全相同" : `最多差 ${formatNumber(largest)}${unit}`;
  const order = tau === null ? "" : `，次序的 Kendall τ 是 ${formatNumber(tau, 2)}`;
  return `${alone}「${text}」，${toolName(row)} 的${title}有 ${count} 个数，其中最大的是 ${formatNumber(size, 2)}，和引擎算的${off}${order}。`;
}

/** What is drawn of it, and why the two differ. */
export function tellWhy({ row, seed }: Compared): string {
  const { kind, why } = ROWS[row];
  const drawn =
    kind === "heads"
      ? "画的是最后一层第 1 个头的一行。"
      : kind === "lens"
        ? "画的是倒数第二个深度，几个词元的 ln p。"
        : "";
  const reasons = {
    rounding: "两边算的是同一个式子，差是浮点数一步一步舍入出来的。",
    sampling: `两边各抽各的样本，引擎的种子是 ${seed}。差是抽样的运气，样本多一些，它就小一些。`,
    definition: "两边问的不是同一个问题，样本再多，差也在那里。",
  };
  return drawn + reasons[why];
}
