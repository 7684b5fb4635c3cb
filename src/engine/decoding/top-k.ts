// #region top-k
/**
 * Top-k (Fan, Lewis & Dauphin 2018): only the k largest logits stay, all others become −Infinity.
 *
 * As in Python's transformers every token that equals the k-th largest stays, so that ties can keep more than k. A k of the vocabulary's
 * size or more changes nothing.
 *
 * @param logits [vocabulary]
 * @param k ≥ 1
 */
export function topK(logits: Float32Array, k: number): Float32Array {
  const threshold = logits.toSorted().at(-k) ?? Number.NEGATIVE_INFINITY;
  return logits.map((logit) => (logit < threshold ? Number.NEGATIVE_INFINITY : logit));
}
// #endregion
