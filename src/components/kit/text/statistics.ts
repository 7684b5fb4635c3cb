import { mean, variance } from "../../../engine/statistics.ts";

/** A measured number and the interval that holds the true one with a probability of about 95 %. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** The 97.5 % point of the normal distribution: 95 % lie within so many standard errors on both sides. */
const Z = 1.959963984540054;

/**
 * A share with Wilson's score interval (Wilson 1927), which keeps within [0, 1] and has a width at shares of 0 and 1, too.
 *
 * @returns `null` when there is nothing to count
 */
export function shareEstimate(successes: number, trials: number): Estimate | null {
  if (trials === 0) return null;
  const share = successes / trials;
  const shrink = 1 + Z ** 2 / trials;
  const middle = (share + Z ** 2 / (2 * trials)) / shrink;
  const half = (Z / shrink) * Math.sqrt((share * (1 - share)) / trials + Z ** 2 / (4 * trials ** 2));
  // Rounding may leave 0 or 1 by a hair.
  return {
    value: share,
    low: Math.max(0, Math.min(share, middle - half)),
    high: Math.min(1, Math.max(share, middle + half)),
  };
}

/** A mean with its normal interval, ± 1.96 standard errors; without width for one value, `null` for none. */
export function meanEstimate(values: readonly number[]): Estimate | null {
  return values.length === 0 ? null : around(mean(values), Math.sqrt(errorOfMean(values)));
}

/** The squared standard error of a mean; the variance of what the values are a sample of is estimated with N − 1. */
function errorOfMean(values: readonly number[]): number {
  return values.length === 1 ? 0 : variance(values) / (values.length - 1);
}

/**
 * How often one of the first is larger than one of the second, a tie counting half: the area under the ROC curve, with the interval of DeLong,
 * DeLong and Clarke-Pearson (1988).
 *
 * @returns `null` where one of both is empty
 */
export function areaUnder(first: readonly number[], second: readonly number[]): Estimate | null {
  if (first.length === 0 || second.length === 0) return null;
  const wins = (a: number, b: number): number => (a > b ? 1 : a === b ? 0.5 : 0);
  const ofFirst = first.map((a) => mean(second.map((b) => wins(a, b))));
  const ofSecond = second.map((b) => mean(first.map((a) => wins(a, b))));
  const { value, low, high } = around(mean(ofFirst), Math.sqrt(errorOfMean(ofFirst) + errorOfMean(ofSecond)));
  return { value, low: Math.max(0, low), high: Math.min(1, high) };
}

/**
 * Distinct-2 of all texts together, with the interval of the jackknife (Tukey 1958): how much it moves when one text is left out. The
 * bootstrap is of no use here: it draws texts twice, and so makes pairs repeat.
 *
 * @param texts the pairs of each text
 * @returns `null` when there is no pair
 */
export function distinctEstimate(texts: readonly (readonly string[])[]): Estimate | null {
  const counts = new Map<string, number>();
  for (const pair of texts.flat()) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  const total = texts.reduce((sum, pairs) => sum + pairs.length, 0);
  if (total === 0) return null;
  const value = counts.size / total;
  if (texts.length === 1) return { value, low: value, high: value };

  const without = texts.map((pairs) => {
    const own = new Map<string, number>();
    for (const pair of pairs) own.set(pair, (own.get(pair) ?? 0) + 1);
    let lost = 0;
    for (const [pair, count] of own) if (counts.get(pair) === count) lost++;
    return total === pairs.length ? value : (counts.size - lost) / (total - pairs.length);
  });
  const { low, high } = around(value, Math.sqrt((texts.length - 1) * variance(without)));
  return { value, low: Math.max(0, low), high: Math.min(1, high) };
}

function around(value: number, standardError: number): Estimate {
  return { value, low: value - Z * standardError, high: value + Z * standardError };
}
