// #region repetition-penalty
/**
 * Repetition penalty θ (Keskar et al. 2019, CTRL): the score of every token that already stands in the text becomes zᵢ / θ where it is
 * positive and zᵢ · θ where it is negative. Above 1 repetition gets less likely, below 1 more.
 *
 * As in Python's transformers the prompt counts as text, and a token is punished once however often it stands there. The two cases are
 * a correction of the paper, whose zᵢ / θ would reward a negative score. The result depends on where the zero of the logits lies:
 * on log-probabilities (beam search) the penalty bites otherwise than on logits.
 *
 * @param logits [vocabulary]
 * @param history token ids of the text so far, prompt included
 * @param penalty > 0; 1 changes nothing
 */
export function penalizeRepetition(logits: Float32Array, history: readonly number[], penalty: number): Float32Array {
  const seen = new Set(history);
  return logits.map((logit, id) => {
    if (!seen.has(id)) return logit;
    return logit < 0 ? logit * penalty : logit / penalty;
  });
}
// #endregion
