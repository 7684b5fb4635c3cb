import type { Method } from "../../../../engine/experiments/attribution.ts";
import { maxOf, sum } from "../../../../engine/statistics.ts";
import { METHODS, methodName, methodsFor } from "../../../subjects/attribution/methods.ts";

/** What is asked for the cause: six methods of attribution, and two ways to read attention as if it were an explanation. */
export type Finder = Method | "attention" | "rollout";
export const FINDERS: readonly Finder[] = [...METHODS, "attention", "rollout"];

export function isAttention(finder: Finder): finder is "attention" | "rollout" {
  return finder === "attention" || finder === "rollout";
}

export function finderName(finder: Finder): string {
  if (finder === "attention") return "注意力";
  return finder === "rollout" ? "注意力连乘" : methodName(finder);
}

/** Those that a text of so many tokens is given to: of longer ones there are no exact Shapley values. */
export function findersFor(tokens: number): readonly Finder[] {
  return [...methodsFor(tokens), "attention", "rollout"];
}

/**
 * In which place a method puts the cause: that of the largest of the causes' numbers, counted from 1. Others of the same size stand before it. Null where
 * there is no cause.
 * @param numbers how much each token speaks for the verdict: a cause that is said to speak against it is not found
 */
export function rankOf(numbers: readonly number[], causes: readonly number[]): number | null {
  if (causes.length === 0) return null;
  const best = maxOf(causes.map((cause) => numbers[cause]!));
  return 1 + numbers.filter((number, player) => number >= best && !causes.includes(player)).length;
}

/** How much of all that a method says, whatever its sign, it says for the causes, 0–1; null where there is no cause, or nothing is said. */
export function shareOf(numbers: readonly number[], causes: readonly number[]): number | null {
  const all = sum(numbers.map(Math.abs));
  return causes.length === 0 || all === 0 ? null : sum(causes.map((cause) => Math.max(0, numbers[cause]!))) / all;
}
