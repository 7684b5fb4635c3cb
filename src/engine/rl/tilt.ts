/**
 * Reward against distance, on a distribution that is small enough to be exact: the next token of a language model. Every token has a reward;
 * how far a policy leaves the model, the KL divergence in nats, is what β prices.
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

/** What a policy gains, and how far from the model it is for that. */
export interface TradeOff {
  readonly kl: number;
  readonly reward: number;
}

/** One point for every β. No policy has more reward at the same KL divergence. */
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

/** Tokens of equal reward. */
export interface Level {
  readonly reward: number;
  readonly tokens: readonly number[];
  /** π_ref of these tokens together, and of all with less reward. */
  readonly mass: number;
  readonly below: number;
}

/** The levels of reward, from the least. */
export function levelsOf(logProbs: ArrayLike<number>, rewards: ArrayLike<number>): Level[] {
  const order = Array.from(rewards, (_, i) => i).sort((a, b) => rewards[a]! - rewards[b]!);
  const levels: Level[] = [];
  let below = 0;
  for (let start = 0; start < order.length; ) {
    const reward = rewards[order[start]!]!;
    let end = start + 1;
    while (end < order.length && rewards[order[end]!] === reward) end++;
    const tokens = order.slice(start, end);
    const mass = tokens.reduce((sum, token) => sum + Math.exp(logProbs[token]!), 0);
    levels.push({ reward, tokens, mass, below });
    below += mass;
    start = end;
  }
  return levels;
}

/**
 * Best of n: draw n tokens from the model, keep the one with the largest reward, by lot among equals. Exact: the largest of n draws has
 * the reward v with the probability F(v)ⁿ − F(<v)ⁿ.
 *
 * @param n ≥ 1
 * @returns the probability of each level
 */
function levelShares(levels: readonly Level[], n: number): number[] {
  return levels.map(({ mass, below }) => {
    const upTo = below + mass;
    // F(v)ⁿ · (1 − (F(<v) / F(v))ⁿ), which loses nothing where the mass is small.
    return mass > 0 ? upTo ** n * -Math.expm1(n * Math.log1p(-mass / upTo)) : 0;
  });
}

/** What best-of-n gains and how far it goes: within a level the proportions are the model's, so its share and its mass say everything. */
export function bestOfNTradeOff(levels: readonly Level[], n: number): TradeOff {
  const shares = levelShares(levels, n);
  const sum = (of: (share: number, level: Level) => number): number =>
    shares.reduce((total, share, i) => (share > 0 ? total + of(share, levels[i]!) : total), 0);
  return {
    kl: sum((share, { mass }) => share * Math.log(share / mass)),
    reward: sum((share, { reward }) => share * reward),
  };
}

/** Most draws that anybody would make. */
export const MAX_DRAWS = 2 ** 20;

/** The smallest n at which best-of-n has at least this mean reward; `undefined` where more than `MAX_DRAWS` would be needed. */
export function drawsFor(levels: readonly Level[], reward: number): number | undefined {
  const enough = (n: number): boolean => bestOfNTradeOff(levels, n).reward >= reward;
  if (!enough(MAX_DRAWS)) return undefined;
  let [low, high] = [0, MAX_DRAWS];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (enough(middle)) high = middle;
    else low = middle;
  }
  return high;
}
