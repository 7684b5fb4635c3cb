import { maxOf } from "../../../../engine/statistics.ts";
import type { HostTensor } from "../../../../engine/tensor/trace.ts";

/** One layer or head, from 0; null stands for the mean over all of them. */
export type Chosen = number | null;

/** What a head looks at most from one place. */
export interface Strongest {
  readonly layer: number;
  readonly head: number;
  readonly place: number;
  readonly weight: number;
}

/**
 * The attention that one place pays to every place, summing to 1.
 * @param patterns one for each layer, [heads, places that look, length]
 * @param from which of the places that look
 */
export function attentionFrom(
  patterns: readonly HostTensor[],
  from: number,
  layer: Chosen,
  head: Chosen,
): Float32Array {
  const layers = layer === null ? patterns : patterns.slice(layer, layer + 1);
  const rows = layers.flatMap((pattern) => {
    const all = rowsOf(pattern, from);
    return head === null ? all : all.slice(head, head + 1);
  });
  const mean = new Float32Array(rows[0]?.length ?? 0);
  for (const row of rows) for (const [place, weight] of row.entries()) mean[place]! += weight / rows.length;
  return mean;
}

/** For every layer and head, in order: where it looks most from one of the places that look. */
export function strongestFrom(patterns: readonly HostTensor[], from: number): Strongest[] {
  return patterns.flatMap((pattern, layer) =>
    rowsOf(pattern, from).map((row, head) => {
      const weight = maxOf(row);
      return { layer, head, place: row.indexOf(weight), weight };
    }),
  );
}

/** Of a layer's attention, [heads, length, length], what some places pay: [heads, places, length]. */
export function paidBy(places: readonly number[], pattern: HostTensor): HostTensor {
  const [heads = 0, , length = 0] = pattern.shape;
  const rows = places.map((place) => rowsOf(pattern, place));
  const data = new Float32Array(heads * places.length * length);
  for (let head = 0; head < heads; head++)
    for (const [i, row] of rows.entries()) data.set(row[head]!, (head * places.length + i) * length);
  return { shape: [heads, places.length, length], data };
}

/** The row of one place in each head of a layer. */
function rowsOf({ data, shape }: HostTensor, from: number): Float32Array[] {
  const [heads = 0, places = 0, length = 0] = shape;
  return Array.from({ length: heads }, (_, head) => {
    const start = (head * places + from) * length;
    return data.subarray(start, start + length);
  });
}
