import type { Random } from "../random.ts";

/** The numbers of a new weight; the same `random` gives the same ones. */

/** Normally distributed with mean 0. */
export function normal(random: Random, length: number, deviation: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length }, () => deviation * random.normal());
}

/** Uniform in [−bound, bound). PyTorch's `nn.Linear` and `nn.LSTM` start so, with 1/√(numbers that enter) and 1/√width. */
export function uniform(random: Random, length: number, bound: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length }, () => bound * (2 * random.uniform() - 1));
}

/** [rows, columns], so that numbers keep their variance on the way through and gradients on the way back (Glorot & Bengio 2010). */
export function xavierUniform(random: Random, rows: number, columns: number): Float32Array<ArrayBuffer> {
  return uniform(random, rows * columns, Math.sqrt(6 / (rows + columns)));
}

/**
 * [rows, columns], `gain` times a matrix with orthonormal rows, or columns if these are fewer (Saxe et al. 2014): it turns vectors
 * and does not stretch them. Random vectors made orthonormal by Gram and Schmidt's method are spread evenly over all such matrices.
 */
export function orthogonal(random: Random, rows: number, columns: number, gain: number): Float32Array<ArrayBuffer> {
  const [few, long] = [Math.min(rows, columns), Math.max(rows, columns)];
  const vectors: Float64Array[] = [];
  while (vectors.length < few) {
    const vector = Float64Array.from({ length: long }, () => random.normal());
    for (const other of vectors) {
      const along = dot(vector, other);
      for (let i = 0; i < long; i++) vector[i]! -= along * other[i]!;
    }
    const norm = Math.sqrt(dot(vector, vector));
    vectors.push(vector.map((value) => value / norm));
  }
  return Float32Array.from({ length: rows * columns }, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    return gain * (rows <= columns ? vectors[row]![column]! : vectors[column]![row]!);
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}
