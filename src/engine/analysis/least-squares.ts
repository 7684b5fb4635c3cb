import { EngineError } from "../errors.ts";
import type { SymmetricMatrix } from "./gram.ts";

/** One equation that shall hold as well as it can. */
export interface Observation {
  /** What the coefficients are multiplied with. */
  readonly features: readonly number[];
  readonly target: number;
  readonly weight: number;
}

/** A pivot below that part of what it was is nothing but rounding. */
const NEGLIGIBLE = 1e-12;

// #region least-squares
/**
 * The coefficients that minimise Σ weight · (target − features · coefficients)² + ridge · |coefficients|², by the normal equations
 * (XᵀWX + ridge · I) coefficients = XᵀWy.
 *
 * @param width number of coefficients
 * @throws EngineError `bad-input` if the observations leave a coefficient open, and no ridge settles it
 */
export function weightedLeastSquares(
  observations: readonly Observation[],
  width: number,
  { ridge = 0 }: { readonly ridge?: number } = {},
): Float64Array {
  const data = new Float64Array(width * width);
  const right = new Float64Array(width);
  for (let i = 0; i < width; i++) data[i * width + i] = ridge;
  for (const { features, target, weight } of observations) {
    for (let i = 0; i < width; i++) {
      const factor = weight * features[i]!;
      if (factor === 0) continue;
      right[i]! += factor * target;
      for (let j = 0; j < width; j++) data[i * width + j]! += factor * features[j]!;
    }
  }
  return solvePositiveDefinite({ data, size: width }, right);
}
// #endregion

/**
 * The x of a · x = b, by Cholesky's decomposition a = L Lᵀ (Golub & Van Loan, Matrix Computations, 4.2).
 * @throws EngineError `bad-input` if the matrix is not positive definite
 */
export function solvePositiveDefinite({ data, size }: SymmetricMatrix, b: Float64Array): Float64Array {
  const lower = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = data[i * size + j]!;
      for (let k = 0; k < j; k++) rest -= lower[i * size + k]! * lower[j * size + k]!;
      if (j < i) lower[i * size + j] = rest / lower[j * size + j]!;
      else if (rest > NEGLIGIBLE * data[i * size + i]!) lower[i * size + i] = Math.sqrt(rest);
      else throw new EngineError("bad-input", "方程不够，解不出唯一的一组系数：多抽一些样本");
    }
  }
  const x = b.slice();
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i]! -= lower[i * size + k]! * x[k]!;
    x[i]! /= lower[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i]! -= lower[k * size + i]! * x[k]!;
    x[i]! /= lower[i * size + i]!;
  }
  return x;
}
