import { Random } from "../random.ts";

/** Seeded logits, [size], uniform in −5 … 5: with so many different values a tie is next to impossible. */
export function randomLogits(seed: number, size = 200): Float32Array {
  const random = new Random(seed);
  return Float32Array.from({ length: size }, () => 10 * random.uniform() - 5);
}

export const SEEDS = Array.from({ length: 20 }, (_, i) => i + 1);

export function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

/** Ids of the tokens that are not ruled out. */
export function keptIds(logits: Float32Array): number[] {
  return [...logits.keys()].filter((id) => logits[id] !== Number.NEGATIVE_INFINITY);
}

/** Logits whose softmax is exactly these probabilities, up to rounding. */
export function logitsOf(...probabilities: number[]): Float32Array {
  return Float32Array.from(probabilities, Math.log);
}
