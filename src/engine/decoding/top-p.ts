import { softmax } from "./softmax.ts";

// #region top-p
/**
 * Top-p, nucleus sampling (Holtzman et al. 2020): only the smallest set of most likely tokens whose probabilities sum to p or more stays,
 * all others become −Infinity.
 *
 * The cut is that of Python's transformers: from the least likely token upwards, tokens go as long as their probabilities together are at
 * most 1 − p, in f32; the `minTokensToKeep` most likely ones always stay. So p = 0 keeps exactly that many and p = 1 all but those of
 * probability 0. Of equal logits at the cut the lowest ids stay (PyTorch's sort leaves that open).
 *
 * @param logits [vocabulary]
 * @param p in [0, 1]
 */
export function topP(logits: Float32Array, p: number, minTokensToKeep = 1): Float32Array {
  const ascending = logits.filter((logit) => logit > Number.NEGATIVE_INFINITY).toSorted();
  const budget = Math.fround(1 - p);
  let mass = 0;
  const cut = softmax(ascending).findIndex((probability) => {
    mass += probability;
    return Math.fround(mass) > budget;
  });
  const latestCut = Math.max(0, ascending.length - minTokensToKeep);
  // Not found only at p = 0, when rounding leaves the whole sum at 1 or just below.
  const first = cut < 0 ? latestCut : Math.min(cut, latestCut);

  const threshold = ascending[first] ?? Number.NEGATIVE_INFINITY;
  let equalsLeft = ascending.lastIndexOf(threshold) - first + 1;
  return logits.map((logit) => {
    const kept = logit > threshold || (logit === threshold && equalsLeft-- > 0);
    return kept ? logit : Number.NEGATIVE_INFINITY;
  });
}
// #endregion
