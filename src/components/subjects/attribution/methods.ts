import { kendall, spearman } from "../../../engine/analysis/rank-correlation.ts";
import { MAX_EXACT_PLAYERS } from "../../../engine/analysis/shapley.ts";
import type { Method } from "../../../engine/experiments/attribution.ts";

/** From the cheapest to the one that the others are measured by; as the experiment tries them. */
export const METHODS: readonly Method[] = ["occlusion", "gradient", "integrated", "lime", "kernel", "shapley"];

const NAMES: Readonly<Record<Method, string>> = {
  occlusion: "遮挡",
  gradient: "梯度×输入",
  integrated: "积分梯度",
  lime: "LIME",
  kernel: "KernelSHAP",
  // The space does not break, and is not taken for a token's.
  shapley: "Shapley\u00a0值",
};

export function methodName(method: Method): string {
  return NAMES[method];
}

const SHORT: Readonly<Record<Method, string>> = {
  occlusion: "遮挡",
  gradient: "梯度",
  integrated: "积分",
  lime: "LIME",
  kernel: "KS",
  shapley: "真值",
};

/** Where there is little room. */
export function shortName(method: Method): string {
  return SHORT[method];
}

/** How two maps are compared. */
export const RANKINGS = { kendall, spearman } as const;
export type Ranking = keyof typeof RANKINGS;
export const RANKING_NAMES: Readonly<Record<Ranking, string>> = { kendall: "Kendall τ", spearman: "Spearman ρ" };

/** Those that a text of so many tokens is explained by: of longer ones there are no exact values. */
export function methodsFor(tokens: number): readonly Method[] {
  return tokens > MAX_EXACT_PLAYERS ? METHODS.slice(0, -1) : METHODS;
}
