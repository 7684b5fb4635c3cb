import { EngineError } from "../errors.ts";
import { embedding } from "../tensor/ops/embedding.ts";
import type { Parameter } from "../tensor/parameters.ts";
import type { Tape, Tensor } from "../tensor/tape.ts";

/** How distances between tokens are put into buckets, of which each head has a bias (T5: Raffel et al. 2020, section 2.1). */
export interface RelativePositions {
  readonly buckets: number;
  /** From this distance on, all share the last bucket. */
  readonly maxDistance: number;
  /** Keys behind the query have buckets of their own, half of all; otherwise nobody looks there. */
  readonly bothWays: boolean;
}

// #region bucket
/**
 * The bucket of a key `offset` places behind its query, or before it where negative: near ones have a bucket each, those farther away share
 * ever larger ones. Rounded as PyTorch rounds in 32 bits, so that a distance at an edge falls on the same side.
 */
export function bucketOf(offset: number, { buckets, maxDistance, bothWays }: RelativePositions): number {
  const own = bothWays ? Math.floor(buckets / 2) : buckets;
  const first = bothWays && offset > 0 ? own : 0;
  const distance = bothWays ? Math.abs(offset) : Math.max(0, -offset);
  const exact = Math.floor(own / 2);
  if (distance < exact) return first + distance;
  const f = Math.fround;
  const growth = f(f(f(Math.log(f(distance / exact))) / f(Math.log(maxDistance / exact))) * (own - exact));
  return first + Math.min(own - 1, exact + Math.trunc(growth));
}
// #endregion

/**
 * Which numbers of a table [buckets, heads], counted through it, the queries add to their scores.
 *
 * @param firstQuery the place of the first query among the keys
 * @returns [heads × queries × keys]
 */
export function biasIndices(
  positions: RelativePositions,
  heads: number,
  queries: number,
  keys: number,
  firstQuery = 0,
): Int32Array {
  const last = firstQuery + queries - 1;
  const rows = Int32Array.from({ length: last + keys }, (_, i) => bucketOf(i - last, positions) * heads);
  const indices = new Int32Array(heads * queries * keys);
  let at = 0;
  for (let h = 0; h < heads; h++) {
    for (let i = firstQuery; i <= last; i++) {
      for (let j = 0; j < keys; j++) indices[at++] = rows[j - i + last]! + h;
    }
  }
  return indices;
}

/**
 * The bias of every query for every key, of sequences that begin together: what `attention` adds to its scores.
 *
 * @param table [buckets, heads]
 * @returns [heads, queries, keys]
 */
export function positionBias(
  tape: Tape,
  table: Parameter,
  positions: RelativePositions,
  queries: number,
  keys: number,
): Tensor {
  const [buckets = 0, heads = 0] = table.shape;
  if (buckets !== positions.buckets) throw new EngineError("internal", `${buckets} buckets of ${positions.buckets}`);
  const numbers = tape.view(table, [buckets * heads, 1]);
  return tape.view(embedding(tape, numbers, biasIndices(positions, heads, queries, keys), [heads, queries, keys]), [
    heads,
    queries,
    keys,
  ]);
}
