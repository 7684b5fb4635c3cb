import type { HostTensor } from "./trace.ts";

/** Intermediates that no kernel writes, computed on the host from what a trace captured. */

/** What layer normalisation divides each row by: √(variance + ε). @param x rows of `width` @returns [rows, 1] */
export function layerNormScale(x: Float32Array, width: number, epsilon: number): HostTensor {
  const rows = x.length / width;
  const data = Float32Array.from({ length: rows }, (_, r) => {
    const row = x.subarray(r * width, (r + 1) * width);
    const mean = row.reduce((sum, value) => sum + value, 0) / width;
    const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / width;
    return Math.sqrt(variance + epsilon);
  });
  return { shape: [rows, 1], data };
}

export interface ScoreShape {
  readonly queries: number;
  readonly keys: number;
  readonly heads: number;
  readonly headWidth: number;
  /** What they are multiplied by; 1/√headWidth, or with a bias 1, where it is left out. */
  readonly scale?: number | undefined;
  /** [heads, queries, keys], added to them. */
  readonly bias?: Float32Array | undefined;
}

// #region scores
/**
 * What softmax makes the attention pattern of: q · k · scale + bias, and −∞ where a query does not see a key.
 *
 * @param q [queries × width]
 * @param k rows of width
 * @param keyRow row of k that is key i of query t, or −1 if t does not see it
 * @returns [heads, queries, keys]
 */
export function attentionScores(
  q: Float32Array,
  k: Float32Array,
  { queries, keys, heads, headWidth, bias, scale = bias ? 1 : 1 / Math.sqrt(headWidth) }: ScoreShape,
  keyRow: (t: number, i: number) => number,
): HostTensor {
  const width = heads * headWidth;
  const data = new Float32Array(heads * queries * keys).fill(Number.NEGATIVE_INFINITY);
  for (let t = 0; t < queries; t++) {
    for (let i = 0; i < keys; i++) {
      const row = keyRow(t, i);
      if (row < 0) continue;
      for (let h = 0; h < heads; h++) {
        const [query, key] = [t * width + h * headWidth, row * width + h * headWidth];
        let sum = 0;
        for (let c = 0; c < headWidth; c++) sum += q[query + c]! * k[key + c]!;
        const at = (h * queries + t) * keys + i;
        data[at] = sum * scale + (bias?.[at] ?? 0);
      }
    }
  }
  return { shape: [heads, queries, keys], data };
}
// #endregion

/** Part `part` of rows that hold several parts of one width side by side: the keys in [q | k | v]. @returns [rows × width] */
export function unpack(packed: Float32Array, parts: number, part: number, width: number): Float32Array {
  const rows = packed.length / (parts * width);
  const data = new Float32Array(rows * width);
  for (let r = 0; r < rows; r++) {
    const from = (r * parts + part) * width;
    data.set(packed.subarray(from, from + width), r * width);
  }
  return data;
}
