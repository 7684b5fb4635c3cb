import { EngineError } from "../errors.ts";
import type { SymmetricMatrix } from "./gram.ts";

/** Halvings of the search: as many as a double has digits to find. */
const SEARCH_STEPS = 100;
/** Nats by which the entropy of a point's neighbours may miss ln(perplexity). */
const ENTROPY_TOLERANCE = 1e-5;
/** No probability is less than this, so that its logarithm is a number. */
export const MIN_PROBABILITY = 2 ** -52;

// #region perplexity
/**
 * How near the points are to each other, as t-SNE sees it (van der Maaten & Hinton 2008): point i chooses j as its neighbour with a
 * probability that falls off like a bell curve. How wide the curve is, each point settles for itself, such that it has
 * `perplexity` neighbours, so to speak: the entropy of its choice is ln(perplexity).
 *
 * @param distances squared
 * @returns p[i, j] = (p(j | i) + p(i | j)) / 2n; all of them together are 1
 * @throws EngineError `bad-input` if there are not more points than neighbours to have
 */
export function neighbourProbabilities({ data, size }: SymmetricMatrix, perplexity: number): SymmetricMatrix {
  if (!(perplexity >= 1 && perplexity < size - 1)) {
    throw new EngineError("bad-input", `困惑度是 ${perplexity}，${size} 个点时要在 1 到 ${size - 2} 之间`);
  }
  const conditional = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    const own = data.subarray(i * size, (i + 1) * size);
    const row = conditional.subarray(i * size, (i + 1) * size);
    let [precision, least, most] = [1, 0, Number.POSITIVE_INFINITY];
    for (let step = 0; step < SEARCH_STEPS; step++) {
      const excess = chooseNeighbours(own, i, precision, row) - Math.log(perplexity);
      if (Math.abs(excess) <= ENTROPY_TOLERANCE) break;
      // Too many neighbours: the curve must be narrower.
      if (excess > 0) least = precision;
      else most = precision;
      precision = most === Number.POSITIVE_INFINITY ? 2 * precision : (least + most) / 2;
    }
  }
  const joint = conditional.map((p, at) => {
    const mirrored = conditional[(at % size) * size + Math.floor(at / size)]!;
    return Math.max(MIN_PROBABILITY, (p + mirrored) / (2 * size));
  });
  return { data: joint, size };
}
// #endregion

/** Fills `row` with p(j | i) and returns its entropy in nats. */
function chooseNeighbours(distances: Float64Array, i: number, precision: number, row: Float64Array): number {
  // The nearest one counts 1: no sum is 0, however far all of them are.
  const nearest = distances.reduce((least, distance, j) => (j === i ? least : Math.min(least, distance)), Infinity);
  let sum = 0;
  for (const [j, distance] of distances.entries()) {
    row[j] = j === i ? 0 : Math.exp(-precision * (distance - nearest));
    sum += row[j]!;
  }
  let entropy = 0;
  for (let j = 0; j < row.length; j++) {
    row[j]! /= sum;
    if (row[j]! > 0) entropy -= row[j]! * Math.log(row[j]!);
  }
  return entropy;
}
