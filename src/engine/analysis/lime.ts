import { type Random, shuffled } from "../random.ts";
import { dot } from "../statistics.ts";
import { type Coalition, checkPlayers, checkSamples, type Score, scoresOf, sizeOf } from "./coalitions.ts";
import { weightedLeastSquares } from "./least-squares.ts";

/** A linear model that stands for the score near the whole text. */
export interface LocalModel {
  /** One coefficient for each player: how much the score rises where it is present. */
  readonly values: Float64Array;
  /** What the model says of no player at all. */
  readonly intercept: number;
  /** R², the share of the variance of the scores that it accounts for, weighted as in the fit: 1 where the score itself is linear. */
  readonly fit: number;
}

/** Width of the kernel, in hundredths of the cosine distance; width and ridge are those of `lime_text` by its authors. */
const KERNEL_WIDTH = 25;
const RIDGE = 1;

// #region lime
/**
 * LIME for text (Ribeiro, Singh & Guestrin 2016): hides some tokens, any number of them as likely as any other, and fits a linear model to
 * the scores. Texts that are more like the whole one count for more: exp(−d² / 25²)^½, d = 100 · cosine distance. The model is a ridge
 * regression with an intercept.
 *
 * @param samples how many texts are scored; the first is the whole one
 * @throws EngineError `bad-input` for no player or fewer than two samples, and as `scoresOf`
 */
export async function lime(players: number, score: Score, samples: number, random: Random): Promise<LocalModel> {
  checkPlayers(players);
  checkSamples(samples);
  const everyone = Array.from({ length: players }, (_, player) => player);
  const coalitions: Coalition[] = [everyone.map(() => true)];
  while (coalitions.length < samples) {
    const hidden = new Set(shuffled(everyone, random).slice(0, 1 + Math.floor(random.uniform() * players)));
    coalitions.push(everyone.map((player) => !hidden.has(player)));
  }
  return localModel(coalitions, await scoresOf(score, coalitions));
}
// #endregion

// #region local-model
/**
 * The linear model of some texts with their scores: a ridge regression in which those that are more like the whole text count for more.
 * @param coalitions one at least, all of the same players
 */
export function localModel(coalitions: readonly Coalition[], scores: Float64Array): LocalModel {
  const players = coalitions[0]?.length ?? 0;
  const everyone = Array.from({ length: players }, (_, player) => player);
  const weights = Float64Array.from(coalitions, (coalition) => {
    const distance = 100 * (1 - Math.sqrt(sizeOf(coalition) / players));
    return Math.exp(-((distance / KERNEL_WIDTH) ** 2) / 2);
  });
  // An intercept that the ridge does not shrink: around their means, everything passes through the origin.
  const means = everyone.map((player) =>
    weightedMean(
      coalitions.map((each) => Number(each[player])),
      weights,
    ),
  );
  const mean = weightedMean(scores, weights);
  const observations = coalitions.map((coalition, i) => ({
    features: coalition.map((present, player) => Number(present) - means[player]!),
    target: scores[i]! - mean,
    weight: weights[i]!,
  }));
  const values = weightedLeastSquares(observations, players, { ridge: RIDGE });

  const intercept = mean - dot(values, means);
  const errors = observations.map(({ features, target }) => (target - dot(values, features)) ** 2);
  const variance = weightedMean(
    observations.map(({ target }) => target ** 2),
    weights,
  );
  // Scores that differ by rounding alone are one and the same.
  const differs = variance > Number.EPSILON * mean ** 2;
  return { values, intercept, fit: differs ? 1 - weightedMean(errors, weights) / variance : 1 };
}
// #endregion

function weightedMean(numbers: ArrayLike<number>, weights: Float64Array): number {
  let [sum, total] = [0, 0];
  for (const [i, weight] of weights.entries()) {
    sum += weight * numbers[i]!;
    total += weight;
  }
  return sum / total;
}
