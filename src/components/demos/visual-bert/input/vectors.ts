import type { HostTensor } from "../../../../engine/tensor/trace.ts";

/** One vector of a list of them, [count, width]; a view, not a copy. */
export function vectorAt({ data, shape }: HostTensor, at: number): Float32Array {
  const width = shape[1] ?? 0;
  return data.subarray(at * width, (at + 1) * width);
}

export function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}

export function meanOf(vector: Float32Array): number {
  return vector.reduce((sum, value) => sum + value, 0) / vector.length;
}

/** Square root of the mean squared distance from the mean. */
export function deviationOf(vector: Float32Array): number {
  const mean = meanOf(vector);
  return Math.sqrt(meanOf(vector.map((value) => (value - mean) ** 2)));
}

/** Euclidean length. */
export function lengthOf(vector: Float32Array): number {
  return Math.sqrt(dot(vector, vector));
}

/** Cosine similarity of every vector with every other, row by row, [count × count]. */
export function cosines(vectors: HostTensor): Float32Array {
  const count = vectors.shape[0] ?? 0;
  const all = Array.from({ length: count }, (_, i) => vectorAt(vectors, i));
  const lengths = all.map(lengthOf);
  return Float32Array.from({ length: count * count }, (_, cell) => {
    const [i, j] = [Math.floor(cell / count), cell % count];
    return dot(all[i]!, all[j]!) / (lengths[i]! * lengths[j]!);
  });
}

/** Cosine similarity of two vectors, −1 to 1: 0 where they are at right angles. */
export function cosine(a: Float32Array, b: Float32Array): number {
  return dot(a, b) / (lengthOf(a) * lengthOf(b));
}

/**
 * How the three embeddings that a place adds up lie to each other: the cosines of token and segment, token and position, segment and
 * position.
 *
 * @param words [count, width], as `segments` and `positions`
 */
export function partCosines(
  words: HostTensor,
  segments: HostTensor,
  positions: HostTensor,
  at: number,
): [number, number, number] {
  const [word, segment, position] = [vectorAt(words, at), vectorAt(segments, at), vectorAt(positions, at)];
  return [cosine(word, segment), cosine(word, position), cosine(segment, position)];
}

/** The largest absolute value. */
export function largest(vectors: readonly Float32Array[]): number {
  return vectors.reduce((most, vector) => vector.reduce((max, value) => Math.max(max, Math.abs(value)), most), 0);
}
