/**
 * Largest difference, in shares of the largest number expected; infinite if the lengths differ or something is not a number.
 *
 * @param floor the least that differences are measured against, for what is zero up to rounding
 */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>, floor = 0): number {
  if (actual.length !== expected.length || expected.length === 0) return Number.POSITIVE_INFINITY;
  let [difference, scale] = [0, floor];
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i]! - expected[i]!);
    if (!Number.isFinite(error)) return Number.POSITIVE_INFINITY;
    difference = Math.max(difference, error);
    scale = Math.max(scale, Math.abs(expected[i]!));
  }
  return difference === 0 ? 0 : difference / scale;
}

/** −∞, where attention does not look, cannot be compared by differences. */
export function visible(numbers: ArrayLike<number>): Float32Array {
  return Float32Array.from(numbers, (value) => (value === Number.NEGATIVE_INFINITY ? -1000 : value));
}
