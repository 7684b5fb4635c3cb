/**
 * Reward against distance, on a distribution that is small enough to be exact: the next token of a language model. The reader's taste is a
 * reward for every token; how far the policy may leave the model, the KL divergence in nats, is what β prices.
 */

// #region tilt
/**
 * The policy that maximises E[r] − β · KL(π ‖ π_ref): π*(x) ∝ π_ref(x) · exp(r(x) / β) (Korbak et al. 2022; Rafailov et al. 2023, equation 4).
 *
 * @param logProbs ln π_ref, [vocabulary]
 * @param beta > 0; Infinity gives π_ref itself
 * @returns probabilities
 */
export function tilt(logProbs: ArrayLike<number>, rewards: ArrayLike<number>, beta: number): Float64Array {
  const logits = Float64Array.from(logProbs, (logProb, i) => logProb + rewards[i]! / beta);
  const max = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const weights = logits.map((logit) => Math.exp(logit - max));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}
// #endregion

/** KL(p ‖ q) in nats, for q given by its logarithms. */
export function klDivergence(p: Float64Array, logQ: ArrayLike<number>): number {
  return p.reduce((sum, value, i) => (value > 0 ? sum + value * (Math.log(value) - logQ[i]!) : sum), 0);
}

export function expectation(p: Float64Array, values: ArrayLike<number>): number {
  return p.reduce((sum, value, i) => sum + value * values[i]!, 0);
}

/** A policy as the plot shows it. */
export interface TradeOff {
  readonly kl: number;
  readonly reward: number;
}

/** The leash: one point for every β. No policy has more reward at the same KL divergence. */
export function frontier(
  logProbs: ArrayLike<number>,
  rewards: ArrayLike<number>,
  betas: readonly number[],
): (TradeOff & { readonly beta: number })[] {
  return betas.map((beta) => {
    const policy = tilt(logProbs, rewards, beta);
    return { beta, kl: klDivergence(policy, logProbs), reward: expectation(policy, rewards) };
  });
}

/**
 * Best of n: draw n tokens from the model, keep the one with the largest reward, by lot among equals. Exact: the largest of n draws has
 * the reward v with the probability F(v)ⁿ − F(<v)ⁿ, and within equal rewards nothing changes.
 *
 * @param n ≥ 1
 * @returns probabilities
 */
export function bestOfN(logProbs: ArrayLike<number>, rewards: ArrayLike<number>, n: number): Float64Array {
  const order = Array.from(rewards, (_, i) => i).sort((a, b) => rewards[a]! - rewards[b]!);
  const policy = new Float64Array(order.length);
  let below = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    let mass = 0;
    for (; end < order.length && rewards[order[end]!] === rewards[order[start]!]; end++) {
      mass += Math.exp(logProbs[order[end]!]!);
    }
    const upTo = below + mass;
    // F(v)ⁿ · (1 − (F(<v) / F(v))ⁿ), which loses nothing where the mass is small.
    const drawn = upTo > 0 ? upTo ** n * -Math.expm1(n * Math.log1p(-mass / upTo)) : 0;
    for (const token of order.slice(start, end)) {
      policy[token] = mass > 0 ? (drawn * Math.exp(logProbs[token]!)) / mass : 0;
    }
    below = upTo;
    start = end;
  }
  return policy;
}

/** ln n − (n − 1)/n: the KL divergence of best-of-n where no two rewards are equal and n is small against the vocabulary; never less (Beirami et al. 2024). */
export function bestOfNBound(n: number): number {
  return Math.log(n) - (n - 1) / n;
}
