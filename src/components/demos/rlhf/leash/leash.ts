import {
  bestOfNTradeOff,
  drawsFor,
  expectation,
  frontier,
  klDivergence,
  type Level,
  levelsOf,
  type TradeOff,
  tilt,
} from "../../../../engine/rl/tilt.ts";
import type { BarRow } from "../../../kit/frame/types.ts";
import { formatNumber } from "../../../kit/text/format.ts";
import { rewardsOf, type Taste } from "./taste.ts";

/** What is rewarded: the reader's taste, or what the model finds likely anyway. */
export type RewardKind = "taste" | "likelihood";

export const BETA_RANGE = { min: 0.02, max: 20 } as const;
/** The n of best-of-n that are drawn. */
export const DRAWS = [1, 2, 4, 8, 16, 64, 256, 1024] as const;
/** Points of the curve; evenly spaced in ln β. */
const POINTS = 80;
/** Tokens shown of either distribution. */
const SHOWN = 8;

/** Everything that can be known of one next token and one reward. */
export interface Leash {
  readonly logProbs: Float32Array;
  readonly rewards: Float64Array;
  readonly levels: readonly Level[];
  readonly frontier: readonly (TradeOff & { readonly beta: number })[];
  readonly draws: readonly (TradeOff & { readonly n: number })[];
}

export function leashOf(logProbs: Float32Array, vocabulary: readonly string[], kind: RewardKind, taste: Taste): Leash {
  const rewards = kind === "taste" ? rewardsOf(vocabulary, taste) : Float64Array.from(logProbs);
  const levels = levelsOf(logProbs, rewards);
  const { min, max } = BETA_RANGE;
  const betas = Array.from({ length: POINTS }, (_, i) => max * (min / max) ** (i / (POINTS - 1)));
  return {
    logProbs,
    rewards,
    levels,
    frontier: frontier(logProbs, rewards, betas),
    draws: DRAWS.map((n) => ({ n, ...bestOfNTradeOff(levels, n) })),
  };
}

/** The policy at one β. */
export function standingAt({ logProbs, rewards }: Leash, beta: number): TradeOff & { readonly policy: Float64Array } {
  const policy = tilt(logProbs, rewards, beta);
  return { policy, kl: klDivergence(policy, logProbs), reward: expectation(policy, rewards) };
}

/** The likeliest tokens before and after, those of the new distribution first. */
export function rowsOf(leash: Leash, beta: number, vocabulary: readonly string[], kind: RewardKind): BarRow[] {
  const { policy } = standingAt(leash, beta);
  const largest = (of: ArrayLike<number>): number[] =>
    Array.from(of, (_, i) => i)
      .sort((a, b) => of[b]! - of[a]!)
      .slice(0, SHOWN);
  const shown = new Set([...largest(policy), ...largest(leash.logProbs)]);
  return [...shown]
    .sort((a, b) => policy[b]! - policy[a]!)
    .map((id) => {
      const reward = leash.rewards[id]!;
      const sign = kind === "likelihood" || reward === 0 ? "" : reward > 0 ? "（+1）" : "（−1）";
      return { id, label: `${vocabulary[id]}${sign}`, value: Math.exp(leash.logProbs[id]!), after: policy[id]! };
    });
}

/** What one β amounts to. */
export function sentenceOf(leash: Leash, beta: number, kind: RewardKind): string {
  if (leash.levels.length === 1) return "现在每个字的奖励都一样，β 取多少，分布也不变。写几个喜欢的字。";
  const { kl, reward } = standingAt(leash, beta);
  const before = leash.draws[0]!.reward;
  const n = drawsFor(leash.levels, reward);
  const draws = n === undefined ? "best-of-n 抽一百万次也不够" : `best-of-n 要 n = ${n} 才有这么多奖励`;
  const temperature = kind === "likelihood" ? `这就是温度 ${formatNumber(beta / (1 + beta), 3)} 的采样。` : "";
  return `平均奖励从 ${formatNumber(before, 3)} 到 ${formatNumber(reward, 3)}，KL 是 ${formatNumber(kl, 3)} 纳特。${draws}。${temperature}`;
}
