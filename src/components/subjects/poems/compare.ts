import { topIndices } from "../../../engine/decoding/top-indices.ts";

/** A token in two distributions. */
export interface Compared {
  readonly token: number;
  readonly before: number;
  readonly after: number;
}

/** The `count` most probable tokens of `before`, and `always` where they are not among them, with their probability in both. */
export function compare(
  before: Float32Array,
  after: Float32Array,
  count: number,
  always: readonly number[],
): Compared[] {
  const best = topIndices(before, count).map(({ index }) => index);
  const tokens = new Set([...best, ...always]);
  return [...tokens].map((token) => ({ token, before: before[token] ?? 0, after: after[token] ?? 0 }));
}
