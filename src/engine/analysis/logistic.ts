import type { SymmetricMatrix } from "./gram.ts";

export interface Classifier {
  /** [n × classes]: how much each point that it learnt from pulls towards each class. */
  readonly weights: Float64Array;
  readonly classes: number;
}

/** Stops where no weight would change by more than this part of the strength. */
const TOLERANCE = 1e-4;
const MAX_STEPS = 2000;

// #region logistic
/**
 * Logistic regression with several classes: minimises |W|² / 2 + strength · Σ cross-entropy, and W is a mixture of the points themselves
 * (Schölkopf, Herbrich & Smola 2001), so that products of points are all it needs. By gradient descent with Nesterov's momentum,
 * begun anew where it overshoots (O'Donoghue & Candès 2015). It has no bias: points are centred, and classes about equally large.
 *
 * @param gram products of the points that are learnt from
 * @param labels [n]: 0 … classes − 1
 * @param strength how much an error costs against large weights; C in scikit-learn
 */
export function fitLogistic(gram: SymmetricMatrix, labels: Uint8Array, classes: number, strength: number): Classifier {
  const { data, size } = gram;
  // The curvature is at most 1 + strength · λ / 2, and the largest eigenvalue λ at most the Frobenius norm.
  const rate = 1 / (1 + (strength / 2) * Math.sqrt(data.reduce((sum, value) => sum + value * value, 0)));
  const weights = new Float64Array(size * classes);
  const ahead = new Float64Array(size * classes);
  const gradient = new Float64Array(size * classes);
  let pace = 1;
  for (let step = 0; step < MAX_STEPS; step++) {
    const errors = softmaxRows(multiply(data, size, ahead, classes), classes);
    for (let i = 0; i < size; i++) errors[i * classes + labels[i]!]! -= 1;
    let [steepest, uphill] = [0, 0];
    for (let i = 0; i < gradient.length; i++) {
      const slope = ahead[i]! + strength * errors[i]!;
      gradient[i] = slope;
      steepest = Math.max(steepest, Math.abs(slope));
      uphill += slope * (ahead[i]! - rate * slope - weights[i]!);
    }
    if (steepest < TOLERANCE * strength) break;
    const nextPace = uphill > 0 ? 1 : (1 + Math.sqrt(1 + 4 * pace * pace)) / 2;
    const momentum = uphill > 0 ? 0 : (pace - 1) / nextPace;
    for (let i = 0; i < gradient.length; i++) {
      const next = ahead[i]! - rate * gradient[i]!;
      ahead[i] = next + momentum * (next - weights[i]!);
      weights[i] = next;
    }
    pace = nextPace;
  }
  return { weights, classes };
}
// #endregion

/**
 * The probabilities of the classes for other points, [m × classes].
 * @param products of the other points with those that were learnt from, [m × n]
 */
export function classProbabilities({ weights, classes }: Classifier, products: Float64Array): Float64Array {
  return softmaxRows(multiply(products, weights.length / classes, weights, classes), classes);
}

/** [m × inner] · [inner × columns] */
function multiply(a: Float64Array, inner: number, b: Float64Array, columns: number): Float64Array {
  const out = new Float64Array((a.length / inner) * columns);
  for (let i = 0; i < a.length / inner; i++) {
    for (let k = 0; k < inner; k++) {
      const factor = a[i * inner + k]!;
      for (let c = 0; c < columns; c++) out[i * columns + c]! += factor * b[k * columns + c]!;
    }
  }
  return out;
}

/** In place. */
function softmaxRows(logits: Float64Array, columns: number): Float64Array {
  for (let start = 0; start < logits.length; start += columns) {
    const row = logits.subarray(start, start + columns);
    const largest = row.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
    let sum = 0;
    for (let c = 0; c < columns; c++) sum += row[c] = Math.exp(row[c]! - largest);
    for (let c = 0; c < columns; c++) row[c]! /= sum;
  }
  return logits;
}
