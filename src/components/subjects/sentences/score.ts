import { type Estimate, shareEstimate } from "../../kit/text/statistics.ts";

/** How many guesses came first, or among the first five. */
export interface Score {
  readonly asked: number;
  readonly first: number;
  readonly five: number;
}

export const NO_SCORE: Score = { asked: 0, first: 0, five: 0 };

/**
 * The place of the best of the right answers among all tokens: 0 for the likeliest.
 * @param logits over the vocabulary
 * @param answers ids of the tokens that count as right; `Infinity` is returned for none
 */
export function placeOf(logits: Float32Array, answers: readonly number[]): number {
  const best = Math.max(...answers.map((id) => logits[id] ?? Number.NEGATIVE_INFINITY));
  if (best === Number.NEGATIVE_INFINITY) return Number.POSITIVE_INFINITY;
  return logits.reduce((place, logit) => place + (logit > best ? 1 : 0), 0);
}

export function scoreOf(places: readonly number[]): Score {
  return {
    asked: places.length,
    first: places.filter((place) => place < 1).length,
    five: places.filter((place) => place < 5).length,
  };
}

export function addScores(a: Score, b: Score): Score {
  return { asked: a.asked + b.asked, first: a.first + b.first, five: a.five + b.five };
}

/** Shares with their 95 % intervals; null while nothing was asked. */
export function sharesOf({ asked, first, five }: Score): { first: Estimate; five: Estimate } | null {
  const shares = [shareEstimate(first, asked), shareEstimate(five, asked)];
  return shares[0] && shares[1] ? { first: shares[0], five: shares[1] } : null;
}
