/** One text as reinforcement learning sees it: every token is an action. */
export interface JudgedText {
  /** log p(token) under the policy that wrote it. */
  readonly logProbs: ArrayLike<number>;
  /** The same under the frozen reference. */
  readonly reference: ArrayLike<number>;
  /** What the finished text is worth. */
  readonly reward: number;
}

// #region token-rewards
/**
 * The reward of every token: the text's at its last token, and everywhere −β (log p − log p of the reference), so that their sum is
 * reward − β · KL in the mean (Ziegler et al. 2019, equation 2; Ouyang et al. 2022, equation 2).
 *
 * @param klWeight β
 */
export function tokenRewards({ logProbs, reference, reward }: JudgedText, klWeight: number): Float32Array {
  const last = logProbs.length - 1;
  return Float32Array.from(logProbs, (logProb, t) => {
    const penalty = klWeight * (logProb - reference[t]!);
    return (t === last ? reward : 0) - penalty;
  });
}

/**
 * How far the policy has moved from its reference, in nats, from one text that it wrote: Σ (log p − log p of the reference). The mean over many
 * texts is the KL divergence; a single one may be negative.
 */
export function klOfText({ logProbs, reference }: Pick<JudgedText, "logProbs" | "reference">): number {
  return Float64Array.from(logProbs, (logProb, t) => logProb - reference[t]!).reduce((sum, one) => sum + one, 0);
}
// #endregion
