import { cosine } from "../../../../engine/statistics.ts";
import type { HostTensor } from "../../../../engine/tensor/trace.ts";

/** One vector of a list of them, [count, width]; a view, not a copy. */
export function vectorAt({ data, shape }: HostTensor, at: number): Float32Array {
  const width = shape[1] ?? 0;
  return data.subarray(at * width, (at + 1) * width);
}

/** Cosine similarity of every vector with every other, row by row, [count × count]. */
export function cosines(vectors: HostTensor): Float32Array {
  const count = vectors.shape[0] ?? 0;
  const all = Array.from({ length: count }, (_, i) => vectorAt(vectors, i));
  return Float32Array.from(all.flatMap((a) => all.map((b) => cosine(a, b))));
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
