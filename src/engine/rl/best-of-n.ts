import { EngineError } from "../errors.ts";

// #region best-of-n
/**
 * What the best of n texts is worth in the mean, for every n from 1 to the number of rewards, from texts drawn alike: the i-th smallest of N
 * is the best of a random choice of n with the probability C(i − 1, n − 1) / C(N, n). Without bias, as pass@k of Chen et al. 2021 is.
 *
 * @param rewards of N texts to one prompt
 * @returns element n − 1 belongs to n
 * @throws EngineError `bad-input` if a reward is not finite
 */
export function bestOfN(rewards: readonly number[]): number[] {
  if (!rewards.every(Number.isFinite)) throw new EngineError("bad-input", "有的奖励不是有限的数");
  const sorted = rewards.toSorted((a, b) => a - b);
  const total = sorted.length;
  return sorted.map((_, k) => {
    const n = k + 1;
    let mean = 0;
    // Of the largest it is n / N; one rank lower, C(i − 2, n − 1) / C(i − 1, n − 1) = (i − n) / (i − 1) of that.
    let share = n / total;
    for (let i = total; i >= n; i--) {
      mean += share * sorted[i - 1]!;
      share *= (i - n) / Math.max(1, i - 1);
    }
    return mean;
  });
}

/**
 * How far choosing the best of n moves from the model that wrote them, in nats: at most log n − (n − 1)/n (Stiennon et al. 2020 use it as the
 * value; that it is an upper bound is shown by Beirami et al. 2024).
 */
export function bestOfNKl(n: number): number {
  return Math.log(n) - (n - 1) / n;
}
// #endregion
