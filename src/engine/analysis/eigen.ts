import { norm } from "../statistics.ts";
import type { SymmetricMatrix } from "./gram.ts";

export interface EigenPairs {
  /** Descending. */
  readonly values: Float64Array;
  /** One array for each value, of length 1. */
  readonly vectors: readonly Float64Array[];
}

/** Sweeps over all pairs; convergence is quadratic, and some ten are enough for hundreds of rows. */
const MAX_SWEEPS = 50;

/**
 * All eigenvalues and eigenvectors of a symmetric matrix, by Jacobi's method (1846): turn two axes so that their entry off the diagonal
 * becomes 0, pair by pair, until none is left (Golub & Van Loan, Matrix Computations, 8.5).
 */
export function symmetricEigen({ data, size }: SymmetricMatrix): EigenPairs {
  const a = data.slice();
  // Row k is the k-th axis as it stands now.
  const axes = new Float64Array(size * size);
  for (let i = 0; i < size; i++) axes[i * size + i] = 1;
  const negligible = 1e-15 * norm(a);
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    let turned = false;
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) {
        if (Math.abs(a[p * size + q]!) <= negligible) continue;
        turn(a, axes, size, p, q);
        turned = true;
      }
    }
    if (!turned) break;
  }
  const order = Array.from({ length: size }, (_, i) => i).sort((i, j) => a[j * size + j]! - a[i * size + i]!);
  return {
    values: Float64Array.from(order, (i) => a[i * size + i]!),
    vectors: order.map((i) => axes.slice(i * size, (i + 1) * size)),
  };
}

/** Turns axes p and q by the angle that makes a[p, q] zero. */
function turn(a: Float64Array, axes: Float64Array, size: number, p: number, q: number): void {
  const ratio = (a[q * size + q]! - a[p * size + p]!) / (2 * a[p * size + q]!);
  const tangent = (ratio >= 0 ? 1 : -1) / (Math.abs(ratio) + Math.hypot(ratio, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  for (let k = 0; k < size; k++) {
    rotate(a, k * size + p, k * size + q, cosine, sine);
  }
  for (let k = 0; k < size; k++) {
    rotate(a, p * size + k, q * size + k, cosine, sine);
    rotate(axes, p * size + k, q * size + k, cosine, sine);
  }
}

function rotate(numbers: Float64Array, i: number, j: number, cosine: number, sine: number): void {
  const [x, y] = [numbers[i]!, numbers[j]!];
  numbers[i] = cosine * x - sine * y;
  numbers[j] = sine * x + cosine * y;
}
