/** One head of attention with everything that lies between its queries and what it gives. */
export interface AttentionSheet {
  /** q · k, [queries × keys]. */
  readonly products: Float64Array;
  /** The same divided by √d. */
  readonly scores: Float64Array;
  /** softmax of each row over the keys that it sees; a row that sees none is all zeros. */
  readonly weights: Float64Array;
  /** The values by their weights, [queries × width of a value]. */
  readonly mixed: Float64Array;
}

/** What goes into a head: rows of numbers, one for each token. */
export interface HeadVectors {
  readonly tokens: number;
  /** Of a query, a key and a value, in numbers. */
  readonly width: number;
  readonly q: ArrayLike<number>;
  readonly k: ArrayLike<number>;
  readonly v: ArrayLike<number>;
}

// #region sheet
/**
 * Scaled dot-product attention (Vaswani et al. 2017) in its steps: softmax(q kᵀ / √d) v, for numbers that somebody changes by hand.
 *
 * @param d what the scores are divided by the square root of; the width, where nothing else is wanted
 * @param hidden whether a query does not see a key
 */
export function attentionSheet(
  { tokens, width, q, k, v }: HeadVectors,
  d: number,
  hidden: (query: number, key: number) => boolean,
): AttentionSheet {
  const products = new Float64Array(tokens * tokens);
  const weights = new Float64Array(tokens * tokens);
  const mixed = new Float64Array(tokens * width);
  for (let i = 0; i < tokens; i++) {
    for (let j = 0; j < tokens; j++) {
      for (let c = 0; c < width; c++) products[i * tokens + j]! += q[i * width + c]! * k[j * width + c]!;
    }
  }
  const scores = products.map((product) => product / Math.sqrt(d));
  for (let i = 0; i < tokens; i++) {
    const seen = Array.from({ length: tokens }, (_, j) => j).filter((j) => !hidden(i, j));
    const largest = seen.reduce((most, j) => Math.max(most, scores[i * tokens + j]!), Number.NEGATIVE_INFINITY);
    // Less the largest score, which changes nothing and lets no exponential overflow.
    const total = seen.reduce((sum, j) => sum + Math.exp(scores[i * tokens + j]! - largest), 0);
    for (const j of seen) {
      const weight = Math.exp(scores[i * tokens + j]! - largest) / total;
      weights[i * tokens + j] = weight;
      for (let c = 0; c < width; c++) mixed[i * width + c]! += weight * v[j * width + c]!;
    }
  }
  return { products, scores, weights, mixed };
}
// #endregion
