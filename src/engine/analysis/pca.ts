import { symmetricEigen } from "./eigen.ts";
import type { SymmetricMatrix } from "./gram.ts";

export interface PrincipalComponents {
  /** Coordinates along the first components, [n × count]. */
  readonly positions: Float64Array;
  /** Share of the variance along each component, all of them, descending; all 0 where the points do not differ. */
  readonly explained: Float64Array;
}

// #region pca
/**
 * Principal component analysis (Pearson 1901; Hotelling 1933), exactly, from the points' Gram matrix: an eigenvector of it, times the root of
 * its eigenvalue, holds the coordinates of all points along one component. The sign of a component means nothing; here the
 * coordinate farthest from 0 is positive.
 */
export function principalComponents(gram: SymmetricMatrix, count: number): PrincipalComponents {
  const { size } = gram;
  const { values, vectors } = symmetricEigen(gram);
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  const positions = new Float64Array(size * count);
  for (let c = 0; c < Math.min(count, size); c++) {
    const farthest = vectors[c]!.reduce((far, value) => (Math.abs(value) > Math.abs(far) ? value : far), 0);
    const scale = Math.sign(farthest) * Math.sqrt(Math.max(0, values[c]!));
    for (let i = 0; i < size; i++) positions[i * count + c] = vectors[c]![i]! * scale;
  }
  return { positions, explained: values.map((value) => (total > 0 ? Math.max(0, value) / total : 0)) };
}
// #endregion
