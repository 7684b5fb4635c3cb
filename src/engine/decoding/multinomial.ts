import type { Random } from "../random.ts";

// #region draw
/**
 * Draws one token from a distribution: token i with probability pᵢ.
 *
 * Inverse transform: one uniform number u in [0, 1) marks a point on a line on which every token has a piece as long as its probability.
 * Exactly one number is taken from `random` for each token. A token of probability 0 is never drawn.
 *
 * @param probabilities [vocabulary], not negative, with a positive sum (need not be 1 to the last bit)
 */
export function drawToken(probabilities: Float32Array, random: Pick<Random, "uniform">): number {
  let sum = 0;
  for (const probability of probabilities) sum += probability;
  const point = random.uniform() * sum;
  let end = 0;
  return probabilities.findIndex((probability) => {
    end += probability;
    return point < end;
  });
}
// #endregion
