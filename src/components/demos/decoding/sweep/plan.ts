import { Random } from "../../../../engine/random.ts";

/** What is varied. */
export type Axis = "temperature" | "top-p" | "top-k";

/** Sequences that are sampled in one batch. */
export const BATCH = 32;

/** One batch of poems: all of one value, sampled with one seed. */
export interface Batch {
  /** Index of the value. */
  readonly value: number;
  readonly seed: number;
  readonly size: number;
}

/**
 * The values of an axis from `from` to `to`, ascending, at most `count` of them: evenly spaced, top-k by even factors and whole. Fewer
 * come back where they would be the same.
 */
export function valuesOf(axis: Axis, from: number, to: number, count: number): number[] {
  const [low, high] = from <= to ? [from, to] : [to, from];
  const values = Array.from({ length: count }, (_, i) => {
    const share = count === 1 ? 0 : i / (count - 1);
    // Rounded as they are shown, so that the label of a value is the value.
    return axis === "top-k" ? Math.round(low * (high / low) ** share) : Number((low + (high - low) * share).toFixed(2));
  });
  return [...new Set(values)];
}

/** The value that stands nearest to a place on the axis, which runs from 0 at the first value to 1 at the last; `undefined` for none. */
export function nearestValue(axis: Axis, values: readonly number[], place: number): number | undefined {
  const onPage = (value: number): number => (axis === "top-k" ? Math.log(value) : value);
  const [first, last] = [onPage(values[0] ?? 1), onPage(values.at(-1) ?? 1)];
  const at = first + place * (last - first);
  return values.toSorted((a, b) => Math.abs(onPage(a) - at) - Math.abs(onPage(b) - at))[0];
}

/**
 * All batches, in turn over the values, so that all fill at the same pace. The b-th batches of all values share a seed: the same lots, so
 * that what differs comes from the value. More poems only add batches; those before keep their texts.
 */
export function planBatches(values: number, poems: number, seed: number): Batch[] {
  const seeds = new Random(seed);
  const batches: Batch[] = [];
  for (let start = 0; start < poems; start += BATCH) {
    const batchSeed = seeds.uint32();
    for (let value = 0; value < values; value++) {
      batches.push({ value, seed: batchSeed, size: Math.min(BATCH, poems - start) });
    }
  }
  return batches;
}
