import { deviation, maxOf, mean, norm, sum } from "../../../engine/statistics.ts";
import type { HostTensor } from "../../../engine/tensor/trace.ts";
import type { Origin } from "../../kit/frame/types.ts";
import type { Snapshot } from "./snapshot.ts";

/** A place on the way of the numbers through a model, with the tensors that a page shows there. */
export interface Station {
  readonly title: string;
  readonly panels: readonly [Panel, ...Panel[]];
}

/** Which axis the numbers of a row lie along: cursors of tensors in one space move together. */
export type Space = "residual" | "head" | "inner" | "keys";

/** A tensor that a station can show. */
export interface Panel {
  /** The trace that it is, and the file that shows it. */
  readonly origin: Origin;
  readonly label: string;
  readonly space: Space;
  /** What the rows and columns of its matrix are made of. */
  readonly form: "tokens" | "head" | "scores" | "weights" | "sequence";
}

export interface Axis {
  readonly name: string;
  readonly length: number;
}

/** One matrix of a tensor: what is drawn. */
export interface MatrixView {
  readonly trace: string;
  readonly form: Panel["form"];
  /** Of the whole tensor. */
  readonly axes: readonly Axis[];
  readonly rows: number;
  readonly columns: number;
  /** [rows × columns] */
  readonly data: Float32Array;
}

const AXES: Readonly<Record<Panel["form"], readonly string[]>> = {
  tokens: ["词元", "宽"],
  head: ["词元", "头", "头宽"],
  scores: ["头", "查询", "键"],
  weights: ["头", "查询", "键"],
  sequence: ["宽"],
};

/** The trace that a panel shows of one layer. @param layer counted from 0 */
export function traceOf({ origin }: Pick<Panel, "origin">, layer: number): string {
  return origin.replace(/.*#/, "").replace("*", String(layer));
}

/**
 * The matrix of a panel in one layer and head.
 *
 * @param layer counted from 0
 * @param head counted from 0
 * @throws RangeError if the reading has no such trace: a panel names one that the model does not have
 */
export function viewOf(panel: Panel, { traces }: Pick<Snapshot, "traces">, layer: number, head: number): MatrixView {
  const trace = traceOf(panel, layer);
  const tensor = traces.get(trace);
  if (!tensor) throw new RangeError(`no trace ${trace}`);
  const axes = tensor.shape.map((length, i) => ({ name: AXES[panel.form][i] ?? "", length }));
  return { trace, form: panel.form, axes, ...matrixOf(panel.form, tensor, head) };
}

/** One matrix of a tensor. @param head counted from 0 */
export function matrixOf(
  form: Panel["form"],
  { shape, data }: HostTensor,
  head: number,
): Pick<MatrixView, "rows" | "columns" | "data"> {
  const [a = 0, b = 0, c = 0] = shape;
  switch (form) {
    case "tokens":
      return { rows: a, columns: b, data };
    case "sequence":
      return { rows: 1, columns: a, data };
    case "scores":
    case "weights":
      return { rows: b, columns: c, data: data.subarray(head * b * c, (head + 1) * b * c) };
    case "head": {
      const own = new Float32Array(a * c);
      for (let t = 0; t < a; t++) own.set(data.subarray((t * b + head) * c, (t * b + head + 1) * c), t * c);
      return { rows: a, columns: c, data: own };
    }
  }
}

export function rowOf({ data, columns }: MatrixView, row: number): Float32Array {
  return data.subarray(row * columns, (row + 1) * columns);
}

/** What is said of a row beside its numbers. */
export interface RowSummary {
  readonly norm: number;
  readonly mean: number;
  /** Of the population. */
  readonly deviation: number;
  readonly sum: number;
  readonly largest: number;
}

export function summarize(row: Float32Array): RowSummary {
  return { norm: norm(row), mean: mean(row), deviation: deviation(row), sum: sum(row), largest: maxOf(row) };
}

/** Rows that differ by less are the same: what two kernels of a GPU may round differently. */
const ROUNDING = 1e-6;

/** How far a row moved: ‖now − before‖ ÷ the larger of both norms, 0 to 2; `new` if there was none in its place. */
export type RowChange = number | "new";

/** Every row against the one in the same place; undefined where rows of different lengths cannot be compared. */
export function compareRows(now: MatrixView, before: MatrixView): readonly RowChange[] | undefined {
  if (now.columns !== before.columns) return undefined;
  return Array.from({ length: now.rows }, (_, i) =>
    i < before.rows ? distance(rowOf(now, i), rowOf(before, i)) : ("new" as const),
  );
}

function distance(a: Float32Array, b: Float32Array): number {
  const larger = Math.max(norm(a), norm(b));
  const moved = norm(a.map((value, i) => value - b[i]!));
  return larger > 0 && moved / larger > ROUNDING ? moved / larger : 0;
}

export function countChanged(changes: readonly RowChange[]): number {
  return changes.filter((change) => change !== 0).length;
}
