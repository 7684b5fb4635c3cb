// #region no-repeat-ngram
/**
 * No n-gram twice (Paulus, Xiong & Socher 2018): every token that would complete an n-gram that already stands in the text becomes −Infinity.
 *
 * As in Python's transformers the prompt counts as text. A text shorter than n rules out nothing; n = 1 rules out every token of the text.
 *
 * @param logits [vocabulary]
 * @param history token ids of the text so far, prompt included
 * @param n ≥ 1
 */
export function banRepeatedNgrams(logits: Float32Array, history: readonly number[], n: number): Float32Array {
  const prefix = history.slice(history.length - (n - 1));
  const banned = new Set<number | undefined>();
  for (let start = 0; start + n <= history.length; start++) {
    if (prefix.every((token, i) => token === history[start + i])) banned.add(history[start + n - 1]);
  }
  return logits.map((logit, id) => (banned.has(id) ? Number.NEGATIVE_INFINITY : logit));
}
// #endregion
