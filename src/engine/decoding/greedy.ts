// #region greedy
/**
 * Greedy decoding: the token with the largest logit, argmaxᵢ zᵢ; the lowest id where several are equal.
 *
 * Shape: logits [vocabulary]. Softmax, temperature above 0, top-k and top-p never change the answer.
 */
export function greedyToken(logits: Float32Array): number {
  let best = 0;
  let max = Number.NEGATIVE_INFINITY;
  logits.forEach((logit, id) => {
    if (logit > max) {
      max = logit;
      best = id;
    }
  });
  return best;
}
// #endregion
