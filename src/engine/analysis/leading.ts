import { Random } from "../random.ts";
import { dot, norm } from "../statistics.ts";
import { symmetricEigen } from "./eigen.ts";
import type { SymmetricMatrix } from "./gram.ts";

export interface LeadingComponents {
  /** Coordinates along the first components, [n × count]. */
  readonly positions: Float64Array;
  /** Share of the variance along each of them; all 0 where the points do not differ. */
  readonly explained: readonly number[];
}

/** Directions that are followed besides those that are wanted: what is wanted comes out the faster. */
const SPARE = 8;
const MAX_ROUNDS = 1000;
/** How far a component may be from being one, as a share of the largest eigenvalue. */
const NEGLIGIBLE = 1e-9;

// #region leading
/**
 * The first principal components of points, from their Gram matrix, as `principalComponents` has them, but not the others: by subspace iteration
 * (Golub & Van Loan, Matrix Computations, 8.2), which for some hundred points takes a hundredth of the time of finding all.
 */
export function leadingComponents(gram: SymmetricMatrix, count: number): LeadingComponents {
  const { data, size } = gram;
  const total = Array.from({ length: size }, (_, i) => data[i * size + i]!).reduce((sum, value) => sum + value, 0);
  const wanted = Math.min(count, size);
  const positions = new Float64Array(size * count);
  if (total <= 0) return { positions, explained: new Array<number>(count).fill(0) };
  const random = new Random(1);
  const width = Math.min(size, wanted + SPARE);
  const start = Array.from({ length: width }, () => Float64Array.from({ length: size }, () => random.normal()));
  let axes = orthonormal(start);
  let values: Float64Array = new Float64Array(width);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const images = axes.map((axis) => times(gram, axis));
    // Within the subspace the components are found exactly.
    const small = new Float64Array(width * width);
    for (const [i, axis] of axes.entries())
      for (const [j, image] of images.entries()) small[i * width + j] = dot(axis, image);
    const found = symmetricEigen({ data: small, size: width });
    values = found.values;
    const [vectors, moved] = [combined(axes, found.vectors), combined(images, found.vectors)];
    const settled = vectors.slice(0, wanted).every((vector, c) => {
      const rest = moved[c]!.map((value, i) => value - values[c]! * vector[i]!);
      return norm(rest) <= NEGLIGIBLE * values[0]!;
    });
    axes = vectors;
    if (settled) break;
    axes = orthonormal(moved);
  }
  for (const [c, axis] of axes.slice(0, wanted).entries()) {
    const farthest = axis.reduce((far, value) => (Math.abs(value) > Math.abs(far) ? value : far), 0);
    const scale = Math.sign(farthest) * Math.sqrt(Math.max(0, values[c]!));
    for (const [i, value] of axis.entries()) positions[i * count + c] = value * scale;
  }
  return { positions, explained: Array.from({ length: count }, (_, c) => Math.max(0, values[c] ?? 0) / total) };
}
// #endregion

function times({ data, size }: SymmetricMatrix, vector: Float64Array): Float64Array {
  return vector.map((_, i) => {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += data[i * size + j]! * vector[j]!;
    return sum;
  });
}

/** Sums of vectors, one for each list of weights. */
function combined(vectors: readonly Float64Array[], weights: readonly Float64Array[]): Float64Array[] {
  return weights.map((own) => {
    const sum = new Float64Array(vectors[0]!.length);
    for (const [k, vector] of vectors.entries()) for (const [i, value] of vector.entries()) sum[i]! += own[k]! * value;
    return sum;
  });
}

/** The same space by vectors of length 1 that are at right angles (Gram–Schmidt, twice, as once is not exact enough); empty directions are dropped to 0. */
function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const axes: Float64Array[] = [];
  for (const vector of vectors) {
    const own = vector.slice();
    const before = norm(own);
    for (const axis of [...axes, ...axes]) {
      const share = dot(axis, own);
      for (let i = 0; i < own.length; i++) own[i]! -= share * axis[i]!;
    }
    const length = norm(own);
    axes.push(length > 1e-12 * before ? own.map((value) => value / length) : own.fill(0));
  }
  return axes;
}
