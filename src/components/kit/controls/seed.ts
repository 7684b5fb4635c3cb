/** Largest seed a field takes: six digits are easy to read aloud. */
export const SEED_MAX = 999_999;

/**
 * Another seed, made from this one (a linear congruential step). A walk rather than a random pick: the same clicks lead to the same
 * seeds, so a reader's path can be repeated.
 */
export function nextSeed(seed: number): number {
  return (seed * 4_081 + 15_053) % (SEED_MAX + 1);
}
