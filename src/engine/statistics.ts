// Sums over lists of numbers, for the engine and for pages. Loops, as lists are long and their kinds many; all add up in 64 bits.

type Numbers = ArrayLike<number>;

export function sum(numbers: Numbers): number {
  let total = 0;
  for (let i = 0; i < numbers.length; i++) total += numbers[i]!;
  return total;
}

/** NaN where there is no number. */
export function mean(numbers: Numbers): number {
  return sum(numbers) / numbers.length;
}

/** Mean squared distance from the mean; exactly 0 where all are equal, whatever their mean is rounded to. */
export function variance(numbers: Numbers): number {
  const middle = mean(numbers);
  let [squares, equal] = [0, true];
  for (let i = 0; i < numbers.length; i++) {
    squares += (numbers[i]! - middle) ** 2;
    equal &&= numbers[i] === numbers[0];
  }
  return equal ? 0 : squares / numbers.length;
}

/** Standard deviation of the population: the root of `variance`. */
export function deviation(numbers: Numbers): number {
  return Math.sqrt(variance(numbers));
}

/** The same numbers moved, so that their mean is 0. */
export function centred(numbers: Numbers): number[] {
  const middle = mean(numbers);
  return Array.from(numbers, (value) => value - middle);
}

/** The largest number, −∞ of none. In `Math.max(...numbers)` they would be arguments, of which a stack takes some ten thousand. */
export function maxOf(numbers: Numbers): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < numbers.length; i++) most = Math.max(most, numbers[i]!);
  return most;
}

/** The smallest number, ∞ of none. */
export function minOf(numbers: Numbers): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < numbers.length; i++) least = Math.min(least, numbers[i]!);
  return least;
}

/** Where the largest number stands, the first of several. */
export function indexOfLargest(numbers: Numbers): number {
  let best = 0;
  for (let i = 1; i < numbers.length; i++) if (numbers[i]! > numbers[best]!) best = i;
  return best;
}

/** Σ aᵢ bᵢ of two lists of one length. */
export function dot(a: Numbers, b: Numbers): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i]! * b[i]!;
  return total;
}

/** √Σ xᵢ², the length of a vector. */
export function norm(vector: Numbers): number {
  return Math.sqrt(dot(vector, vector));
}

/** Cosine of the angle between two vectors, −1 to 1; 0 where one of them is zero. */
export function cosine(a: Numbers, b: Numbers): number {
  const lengths = norm(a) * norm(b);
  return lengths > 0 ? dot(a, b) / lengths : 0;
}

/** Pearson's correlation, −1 to 1; null where one of both does not vary. */
export function correlation(x: Numbers, y: Numbers): number | null {
  return variance(x) > 0 && variance(y) > 0 ? cosine(centred(x), centred(y)) : null;
}
