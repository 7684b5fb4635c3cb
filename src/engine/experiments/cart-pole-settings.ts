import { checkRanges, type NumericKey, type Ranges } from "../ranges.ts";
import { PPO_RANGES } from "./ppo-ranges.ts";

/** Everything that can be set about PPO on CartPole. */
export interface CartPoleSettings {
  /** Steps in all environments together after which the training ends. */
  readonly steps: number;
  /** Carts that play side by side, so that one call of the network moves them all. */
  readonly environments: number;
  /** Steps that each of them takes between two updates. */
  readonly horizon: number;
  /** How often each update uses every step. */
  readonly epochs: number;
  /** Steps per gradient. */
  readonly minibatch: number;
  readonly learningRate: number;
  /** Whether the learning rate falls to 0 in a straight line (Schulman et al. 2017, appendix A). */
  readonly learningRateDecay: boolean;
  /** γ. */
  readonly discount: number;
  /** λ of generalized advantage estimation. */
  readonly lambda: number;
  /** ε. */
  readonly clipRange: number;
  readonly valueCoefficient: number;
  readonly entropyCoefficient: number;
  /** Largest norm of all gradients together. */
  readonly maxGradientNorm: number;
  readonly normalizeAdvantages: boolean;
  /** KL divergence at which an update ends early, in nats; 0 for never. */
  readonly targetKl: number;
  /** Width of the hidden layers. */
  readonly width: number;
}

// #region defaults
/** Solves CartPole within 150,000 steps for nearly all seeds (`npm run cart-pole` prints the table). */
export const CART_POLE_DEFAULTS: CartPoleSettings = {
  steps: 150_000,
  environments: 8,
  horizon: 64,
  epochs: 10,
  minibatch: 128,
  learningRate: 1e-3,
  learningRateDecay: true,
  discount: 0.98,
  lambda: 0.9,
  clipRange: 0.2,
  valueCoefficient: 0.5,
  entropyCoefficient: 0,
  maxGradientNorm: 0.5,
  normalizeAdvantages: true,
  targetKl: 0,
  width: 64,
};
// #endregion

/** What each number may be. */
export const CART_POLE_RANGES: Ranges<CartPoleSettings> = {
  ...PPO_RANGES,
  steps: { name: "总步数", min: 1, max: 1_000_000, whole: true },
  environments: { name: "并排的车", min: 1, max: 64, whole: true },
  horizon: { name: "每轮步数", min: 1, max: 2048, whole: true },
  epochs: { name: "遍数", min: 1, max: 50, whole: true },
  minibatch: { name: "小批", min: 1, max: 4096, whole: true },
  targetKl: { name: "KL 上限", min: 0, max: 1 },
  width: { name: "隐藏层宽度", min: 1, max: 256, whole: true },
};

export type NumericSetting = NumericKey<CartPoleSettings>;

/** @throws EngineError as `checkRanges` */
export function checkCartPoleSettings(settings: CartPoleSettings): void {
  checkRanges(settings, CART_POLE_RANGES);
}
