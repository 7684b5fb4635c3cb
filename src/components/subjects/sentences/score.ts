import { maxOf } from "../../../engine/statistics.ts";
import { type Column, shareColumns } from "../../figures/data-table.ts";
import { shareEstimate } from "../../kit/text/statistics.ts";

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
  const best = maxOf(answers.map((id) => logits[id] ?? Number.NEGATIVE_INFINITY));
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

/** A score with a name: of a group of sentences, or of what became of a token. */
export interface NamedScore {
  readonly name: string;
  readonly score: Score;
}

/** The columns of a table of scores. @param head of the names */
export function scoreColumns(head: string): Column<NamedScore>[] {
  return [
    { head, cell: ({ name }) => name },
    { head: "个数", cell: ({ score }) => score.asked },
    ...shareColumns<NamedScore>("第一个就对", ({ score }) => shareEstimate(score.first, score.asked)),
    ...shareColumns<NamedScore>("前五个里有", ({ score }) => shareEstimate(score.five, score.asked)),
  ];
}
