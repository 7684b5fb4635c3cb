import { type GaeSettings, generalizedAdvantages } from "../../../../engine/rl/gae.ts";
import { numberOf } from "../../../kit/text/number-of.ts";

/** One episode that ends in a terminal state, as the reader may edit it: one number per step. */
export interface Episode {
  readonly rewards: readonly number[];
  /** What the value function says of the state before each step. */
  readonly values: readonly number[];
}

/** What becomes of one step. */
export interface GaeRow {
  /** From 0. */
  readonly step: number;
  readonly reward: number;
  readonly value: number;
  /** V of the state after the step; 0 after the last one. */
  readonly nextValue: number;
  /** TD error. */
  readonly delta: number;
  readonly advantage: number;
  /** Advantage + value: what the value function should have said. */
  readonly target: number;
  /** Discounted sum of the rewards from here to the end. */
  readonly rewardsToGo: number;
}

/** Longest episode that is shown: a table can still be read. */
export const MAX_STEPS = 40;
/** Largest reward or value, either sign. */
export const MAX_NUMBER = 1000;

/** An answer of five tokens, scored once at its end, as in RLHF. The numbers are made up. */
export const SMALL_EXAMPLE: Episode = { rewards: [0, 0, 0, 0, 1], values: [0.4, 0.5, 0.3, 0.6, 0.7] };

/** All steps of an episode, with the engine's own generalized advantage estimation. */
export function rowsOf({ rewards, values }: Episode, settings: GaeSettings): GaeRow[] {
  const last = rewards.length - 1;
  const nextValues = values.map((_, t) => (t === last ? 0 : values[t + 1]!));
  const trajectory = {
    sequences: 1,
    rewards: Float32Array.from(rewards),
    values: Float32Array.from(values),
    nextValues: Float32Array.from(nextValues),
    ends: Uint8Array.from(rewards, (_, t) => (t === last ? 1 : 0)),
  };
  const { advantages, returns } = generalizedAdvantages(trajectory, settings);
  // λ = 0 leaves the TD error alone, λ = 1 the rewards to the end less the value.
  const deltas = generalizedAdvantages(trajectory, { ...settings, lambda: 0 }).advantages;
  const toGo = generalizedAdvantages(trajectory, { ...settings, lambda: 1 }).returns;
  return rewards.map((reward, t) => ({
    step: t,
    reward,
    value: values[t]!,
    nextValue: nextValues[t]!,
    delta: deltas[t]!,
    advantage: advantages[t]!,
    target: returns[t]!,
    rewardsToGo: toGo[t]!,
  }));
}

/** The numbers of one column in a link; what is none, or too many, is dropped with all of them. */
export function readNumbers(text: string): number[] | undefined {
  const parts = text.split(" ").filter((part) => part !== "");
  const numbers = parts.map(Number);
  if (parts.length === 0 || parts.length > MAX_STEPS) return undefined;
  return numbers.every((value) => Math.abs(value) <= MAX_NUMBER) ? numbers : undefined;
}

export function writeNumbers(numbers: readonly number[]): string {
  return numbers.map((value) => String(Number(value.toPrecision(4)))).join(" ");
}

/** The episode of a link, or `undefined` where it holds none. */
export function readEpisode(rewards: string, values: string): Episode | undefined {
  const [r, v] = [readNumbers(rewards), readNumbers(values)];
  return r && v && r.length === v.length ? { rewards: r, values: v } : undefined;
}

/** What is typed into a cell as a number that can be used, or `undefined`. */
export function readCell(text: string): number | undefined {
  const value = numberOf(text);
  return value !== undefined && Math.abs(value) <= MAX_NUMBER ? value : undefined;
}

/** Steps whose advantage is not what it was, from 0. */
export function movedSteps(before: readonly GaeRow[], after: readonly GaeRow[]): number[] {
  return after.flatMap(({ advantage }, t) => (Math.abs(advantage - (before[t]?.advantage ?? 0)) > 1e-6 ? [t] : []));
}
