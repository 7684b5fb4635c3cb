import { centred, maxOf } from "../../../../engine/statistics.ts";
import { attentionScores } from "../../../../engine/tensor/derived.ts";
import type { Snapshot } from "../../../subjects/reading/snapshot.ts";
import { type MatrixView, type Panel, rowOf, viewOf } from "../../../subjects/reading/views.ts";
import type { LayerNormNumbers } from "../parts.ts";
import { STATIONS } from "../stations/stations.ts";

/** Rows of numbers, as the reader's function takes and returns them. */
export type Rows = readonly (readonly number[])[];

/** A function for the reader to write, and what the model itself has in its place. */
export interface Task {
  readonly name: string;
  readonly calls: readonly (readonly unknown[])[];
  /** What all calls together must return, one row per token. */
  readonly expected: Rows;
  /** Whether every call returns one row, or one call all of them. */
  readonly returns: "row" | "rows";
  /** Ways to go wrong that are common, with what they would return. */
  readonly mistakes: readonly { readonly reason: string; readonly rows: Rows }[];
}

export type TaskName = "layerNorm" | "attention";

export const STARTERS: Readonly<Record<TaskName, string>> = {
  layerNorm: `// x、gain、bias 各有 256 个数，epsilon 是一个数。
// 返回 256 个数。
function layerNorm(x, gain, bias, epsilon) {
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  // 从这里写起：方差、标准差、乘 gain、加 bias
  return x.map((value) => value - mean);
}
`,
  attention: `// q、k、v 各是一个数组，每个词元一行，每行 64 个数。
// 返回同样的形状：每个词元一行，混合后的值。
function attention(q, k, v) {
  const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);
  return q.map((query) => {
    const scores = k.map((key) => dot(query, key));
    // 从这里写起：缩放、softmax、按权重把 v 加起来
    return v[0];
  });
}
`,
};

const [, RESIDUAL, NORMALIZED] = STATIONS["attention-output"].panels;
const [QUERY, KEY, VALUE] = STATIONS["query-key-value"].panels;
const [MIXED] = STATIONS.mixed.panels;

/** BERT's own. */
const EPSILON = 1e-12;

function rowsOf(view: MatrixView): number[][] {
  return Array.from({ length: view.rows }, (_, i) => [...rowOf(view, i)]);
}

/** The first layer norm of a block, token by token. @param layer counted from 0 */
export function layerNormTask(snapshot: Snapshot, layer: number, { gain, bias }: LayerNormNumbers): Task {
  const inputs = rowsOf(viewOf(RESIDUAL, snapshot, layer, 0));
  const [gains, biases] = [[...gain], [...bias]];
  const normalized = (divisor: (width: number) => number): number[][] =>
    inputs.map((row) => {
      const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
      const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / divisor(row.length);
      return row.map((value) => (value - mean) / Math.sqrt(variance + EPSILON));
    });
  const scaled = (rows: Rows): number[][] => rows.map((row) => row.map((value, i) => value * gains[i]! + biases[i]!));
  const right = normalized((width) => width);
  return {
    name: "layerNorm",
    calls: inputs.map((row) => [row, gains, biases, EPSILON]),
    expected: rowsOf(viewOf(NORMALIZED, snapshot, layer, 0)),
    returns: "row",
    mistakes: [
      { reason: "像是还没有乘 gain、加 bias。", rows: right },
      {
        reason: "像是只减了均值，没有除以标准差。",
        rows: inputs.map((row) => centred(row)),
      },
      {
        reason: "方差像是除以了 n − 1。层归一化除以 n：这里不是在估计什么总体。",
        rows: scaled(normalized((n) => n - 1)),
      },
    ],
  };
}

/** One head of one block. @param layer, head counted from 0 */
export function attentionTask(snapshot: Snapshot, layer: number, head: number): Task {
  const rows = (panel: Panel): number[][] => rowsOf(viewOf(panel, snapshot, layer, head));
  const [q, k, v] = [rows(QUERY), rows(KEY), rows(VALUE)];
  const headWidth = q[0]?.length ?? 1;
  const dots = q.map((query) => k.map((key) => query.reduce((sum, value, i) => sum + value * key[i]!, 0)));
  const mixed = (scores: Rows): number[][] => scores.map((row) => mix(softmax(row), v));
  const divided = (by: number): Rows => dots.map((row) => row.map((score) => score / by));
  return {
    name: "attention",
    calls: [[q, k, v]],
    expected: rows(MIXED),
    returns: "rows",
    mistakes: [
      { reason: "像是忘了除以 √64：分数太大，权重太集中。", rows: mixed(dots) },
      { reason: "像是除以了 64，应该除以它的平方根 8。", rows: mixed(divided(headWidth)) },
      {
        reason: "像是除以了 √256。要除的是头宽 64 的平方根：点积只有 64 项。",
        rows: mixed(divided(Math.sqrt(4 * headWidth))),
      },
      { reason: "像是每个值的权重都一样：权重要由 softmax 来。", rows: mixed(dots.map((row) => row.map(() => 0))) },
    ],
  };
}

function softmax(scores: readonly number[]): number[] {
  const top = maxOf(scores);
  const powers = scores.map((score) => Math.exp(score - top));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

function mix(weights: readonly number[], values: Rows): number[] {
  return (values[0] ?? []).map((_, i) => weights.reduce((sum, weight, t) => sum + weight * values[t]![i]!, 0));
}

/** One token's attention, worked out by the engine's own scores: for the exercise to be done by hand. */
export function attentionOf(query: readonly number[], keys: Rows, values: readonly number[]): number {
  const shape = { queries: 1, keys: keys.length, heads: 1, headWidth: query.length };
  const scores = attentionScores(Float32Array.from(query), Float32Array.from(keys.flat()), shape, (_, i) => i);
  return softmax([...scores.data]).reduce((sum, weight, i) => sum + weight * values[i]!, 0);
}
