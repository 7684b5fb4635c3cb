import { EngineError } from "../errors.ts";
import { deviation, mean, variance } from "../statistics.ts";

/** Sequences of equal length, recorded side by side: number t of sequence s lies at t · sequences + s. */
export interface Trajectories {
  readonly sequences: number;
  readonly rewards: Float32Array;
  /** What the value function said of the state before each step. */
  readonly values: Float32Array;
  /** What it says of the state after each step; 0 where that state is terminal, for nothing follows it. */
  readonly nextValues: Float32Array;
  /** 1 where an episode ended with the step, for whatever reason: the next step of the sequence has nothing to do with it. */
  readonly ends: Uint8Array;
}

export interface GaeSettings {
  /** γ: what a reward is worth one step before it comes. */
  readonly discount: number;
  /** λ: 0 trusts the value function after one step, 1 only the rewards. */
  readonly lambda: number;
}

export interface Advantages {
  /** How much better each step was than the value function had expected. */
  readonly advantages: Float32Array;
  /** What the value function should have said: advantage + value, the TD(λ) return. */
  readonly returns: Float32Array;
}

// #region gae
/**
 * Generalized advantage estimation (Schulman et al. 2016, equations 11, 12 and 16): from the last step to the first,
 * δₜ = rₜ + γ V(sₜ₊₁) − V(sₜ) and Aₜ = δₜ + γλ Aₜ₊₁.
 *
 * A step that ends an episode by the clock has V of the state that it reached in `nextValues` (Pardo et al. 2018), a terminal one 0.
 */
export function generalizedAdvantages(
  { sequences, rewards, values, nextValues, ends }: Trajectories,
  { discount, lambda }: GaeSettings,
): Advantages {
  const { length } = rewards;
  if ([values, nextValues, ends].some((array) => array.length !== length) || length % sequences !== 0) {
    throw new EngineError("internal", `${length} rewards in ${sequences} sequences, and other values or ends`);
  }
  const advantages = new Float32Array(length);
  for (let i = length - 1; i >= 0; i--) {
    const delta = rewards[i]! + discount * nextValues[i]! - values[i]!;
    const later = ends[i] || i + sequences >= length ? 0 : advantages[i + sequences]!;
    advantages[i] = delta + discount * lambda * later;
  }
  return { advantages, returns: advantages.map((advantage, i) => advantage + values[i]!) };
}
// #endregion

/**
 * The share of the variance of the returns that the values explain: 1 − Var(returns − values) / Var(returns). 1 is a perfect critic, 0
 * one that knows only the mean, below 0 it is worse than that; null where all returns are equal.
 */
export function explainedVariance(values: Float32Array, returns: Float32Array): number | null {
  const spread = variance(returns);
  return spread === 0 ? null : 1 - variance(returns.map((value, i) => value - values[i]!)) / spread;
}

/**
 * Mean 0 and deviation 1 over all of them (Andrychowicz et al. 2021 find little harm and little use in it; most programs do it). The deviation
 * divides by N; `torch.std`, and so Stable-Baselines3, by N − 1.
 */
export function normalized(advantages: Float32Array): Float32Array {
  const middle = mean(advantages);
  // As in most programs: no division by nothing where all are equal.
  const spread = deviation(advantages) + 1e-8;
  return advantages.map((advantage) => (advantage - middle) / spread);
}
