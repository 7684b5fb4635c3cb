/** A place in an array and the value there. */
export interface Ranked {
  readonly index: number;
  readonly value: number;
}

/**
 * The `count` largest values, largest first; equal values in the order of their indices.
 *
 * Values of −Infinity (tokens that are ruled out) are left out, so fewer than `count` may come back. One pass over the array: meant for a
 * `count` much smaller than it.
 */
export function topIndices(values: Float32Array, count: number): Ranked[] {
  const best: Ranked[] = [];
  let bar = Number.NEGATIVE_INFINITY;
  values.forEach((value, index) => {
    if (value <= bar) return;
    const place = best.findLastIndex((other) => other.value >= value) + 1;
    best.splice(place, 0, { index, value });
    if (best.length > count) best.pop();
    if (best.length === count) bar = best.at(-1)?.value ?? bar;
  });
  return best;
}
