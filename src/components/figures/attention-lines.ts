/** A line of the arc drawing. */
export interface Line {
  readonly query: number;
  readonly key: number;
  readonly weight: number;
}

/** Lines of less weight would only be fog. */
export const MIN_WEIGHT = 0.02;

/**
 * The lines of a head's attention, the strongest last, so that they lie on top.
 *
 * @param weights [length × length]
 * @param query the token whose lines are wanted; all of them if undefined
 */
export function attentionLines(weights: Float32Array, length: number, query: number | undefined): Line[] {
  const queries = query === undefined ? Array.from({ length }, (_, i) => i) : [query];
  return queries
    .flatMap((q) => Array.from({ length }, (_, key) => ({ query: q, key, weight: weights[q * length + key]! })))
    .filter(({ weight }) => weight >= MIN_WEIGHT)
    .sort((a, b) => a.weight - b.weight);
}
