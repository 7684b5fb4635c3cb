import type { Method } from "../../../../engine/experiments/attribution.ts";
import { maxOf } from "../../../../engine/statistics.ts";
import { METHODS, methodName, methodsFor } from "../../../subjects/attribution/methods.ts";

/** What is asked for the cause: six methods of attribution, and two ways to read attention as if it were an explanation. */
export type Finder = Method | "attention" | "rollout";
export const FINDERS: readonly Finder[] = [...METHODS, "attention", "rollout"];

export function finderName(finder: Finder): string {
  if (finder === "attention") return "注意力";
  return finder === "rollout" ? "注意力连乘" : methodName(finder);
}

/** Those that a text of so many tokens is given to: of longer ones there are no exact Shapley values. */
export function findersFor(tokens: number): readonly Finder[] {
  return [...methodsFor(tokens), "attention", "rollout"];
}

// #region rank
/**
 * In which place a method puts the cause: that of the largest of the causes' numbers by size, whatever its sign, counted from 1. Others of the same
 * size stand before it. Null where there is no cause.
 */
export function rankOf(values: ArrayLike<number>, causes: readonly number[]): number | null {
  if (causes.length === 0) return null;
  const sizes = Array.from(values, Math.abs);
  const best = maxOf(causes.map((cause) => sizes[cause]!));
  return 1 + sizes.filter((size, player) => size >= best && !causes.includes(player)).length;
}
// #endregion
