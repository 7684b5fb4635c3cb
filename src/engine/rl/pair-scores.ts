import { centred } from "../statistics.ts";
import type { Pair } from "./bradley-terry.ts";

/**
 * Scores from comparisons by pairs (Zermelo 1929, Bradley & Terry 1952): P(a is preferred to b) = σ(rₐ − r_b). A reward model is trained by
 * the same loss (`pairLoss`; Christiano et al. 2017, Stiennon et al. 2020); there the score of a text comes from a language model, here every
 * item has one of its own.
 */

export interface FitSettings {
  /** Step size of gradient descent. */
  readonly rate: number;
  /** Factor of ½ Σ r², which keeps scores finite where the comparisons alone would not. */
  readonly decay: number;
}

/** P(a is preferred to b). */
export function preference(a: number, b: number): number {
  return 1 / (1 + Math.exp(b - a));
}

/** One step of gradient descent on `pairLoss` and the decay. With no comparison only the decay pulls. */
export function descend(
  scores: readonly number[],
  comparisons: readonly Pair[],
  { rate, decay }: FitSettings,
): number[] {
  const gradient = scores.map((score) => decay * score);
  for (const { better, worse } of comparisons) {
    // d(−ln σ(x))/dx = σ(x) − 1: a choice that was expected anyway hardly pulls.
    const pull = preference(scores[worse]!, scores[better]!) / comparisons.length;
    gradient[better]! -= pull;
    gradient[worse]! += pull;
  }
  return scores.map((score, i) => score - rate * gradient[i]!);
}

/** Largest pair accuracy that any order of the items can have: 1 unless the comparisons contradict each other. For a handful of items. */
export function bestAccuracy(items: number, comparisons: readonly Pair[]): number | null {
  if (comparisons.length === 0) return null;
  let best = 0;
  for (const order of permutations(Array.from({ length: items }, (_, i) => i))) {
    const place = new Map(order.map((item, i) => [item, i]));
    const right = comparisons.filter(({ better, worse }) => place.get(better)! < place.get(worse)!).length;
    best = Math.max(best, right);
  }
  return best / comparisons.length;
}

function* permutations(items: readonly number[]): Generator<readonly number[]> {
  if (items.length <= 1) yield items;
  for (const [i, first] of items.entries()) {
    if (items.length <= 1) return;
    for (const rest of permutations(items.toSpliced(i, 1))) yield [first, ...rest];
  }
}

/**
 * Whether finite scores of maximum likelihood exist: everybody who was compared can be reached from everybody else along "was beaten by"
 * (Ford 1957). Otherwise somebody never lost to the rest, and the scores drift apart for ever.
 */
export function hasFiniteFit(comparisons: readonly Pair[]): boolean {
  const items = new Set(comparisons.flatMap(({ better, worse }) => [better, worse]));
  const reached = (from: number, next: (one: Pair, item: number) => number | undefined): Set<number> => {
    const seen = new Set([from]);
    for (const item of seen) {
      for (const one of comparisons) {
        const other = next(one, item);
        if (other !== undefined) seen.add(other);
      }
    }
    return seen;
  };
  const [first] = items;
  if (first === undefined) return false;
  const up = reached(first, ({ better, worse }, item) => (worse === item ? better : undefined));
  const down = reached(first, ({ better, worse }, item) => (better === item ? worse : undefined));
  return up.size === items.size && down.size === items.size;
}

/**
 * The scores of maximum likelihood by another way, to check the descent with: Zermelo's iteration (1929), a minorisation–maximisation
 * algorithm (Hunter 2004). With wins wᵢ and comparisons nᵢⱼ, strengths πᵢ ← wᵢ / Σⱼ nᵢⱼ / (πᵢ + πⱼ). Needs `hasFiniteFit`, and every item
 * compared.
 *
 * @returns ln π, moved so that their mean is 0: only differences mean anything
 */
export function zermelo(items: number, comparisons: readonly Pair[], rounds = 2000): number[] {
  let strengths = new Array<number>(items).fill(1);
  for (let round = 0; round < rounds; round++) {
    const wins = new Array<number>(items).fill(0);
    const weights = new Array<number>(items).fill(0);
    for (const { better, worse } of comparisons) {
      wins[better]! += 1;
      const share = 1 / (strengths[better]! + strengths[worse]!);
      weights[better]! += share;
      weights[worse]! += share;
    }
    strengths = strengths.map((_, i) => wins[i]! / weights[i]!);
  }
  return centred(strengths.map(Math.log));
}
