import { mean } from "../statistics.ts";
import { affine, logSigmoid, subtract } from "../tensor/ops/elementwise.ts";
import { embedding } from "../tensor/ops/embedding.ts";
import { weightedSum } from "../tensor/ops/losses.ts";
import { sizeOf, type Tape, type Tensor } from "../tensor/tape.ts";

/** Two things of a list, by number, one of which was found better. */
export interface Pair {
  readonly better: number;
  readonly worse: number;
}

/** All pairs of a ranking, K (K − 1)/2 of them (Ouyang et al. 2022). @param ranking numbers of things, the best first */
export function pairsOf(ranking: readonly number[]): Pair[] {
  return ranking.flatMap((better, i) => ranking.slice(i + 1).map((worse) => ({ better, worse })));
}

/** How many pairs are also there the other way round: no scores can please both. */
export function contradictions(pairs: readonly Pair[]): number {
  const all = new Set(pairs.map(({ better, worse }) => `${better} ${worse}`));
  return pairs.filter(({ better, worse }) => all.has(`${worse} ${better}`)).length;
}

// #region bradley-terry
/**
 * The mean of −log σ(r(better) − r(worse)), in nats: the likelihood of these preferences under Bradley & Terry's model (1952), as reward
 * models are trained (Christiano et al. 2017; Ouyang et al. 2022, equation 1). ln 2 where all scores are equal.
 *
 * @param scores [things] r of each
 * @returns [1]
 */
export function bradleyTerryLoss(tape: Tape, scores: Tensor, pairs: readonly Pair[]): Tensor {
  const table = tape.view(scores, [sizeOf(scores.shape), 1]);
  const pick = (which: keyof Pair): Tensor =>
    embedding(
      tape,
      table,
      Int32Array.from(pairs, (pair) => pair[which]),
    );
  const likelihoods = logSigmoid(tape, subtract(tape, pick("better"), pick("worse")));
  return affine(tape, weightedSum(tape, likelihoods, new Float32Array(pairs.length).fill(1 / pairs.length)), -1);
}
// #endregion

/** The same loss of scores that are known. Null without pairs. */
export function pairLoss(scores: ArrayLike<number>, pairs: readonly Pair[]): number | null {
  if (pairs.length === 0) return null;
  const losses = pairs.map(({ better, worse }) => {
    const ahead = scores[better]! - scores[worse]!;
    // −log σ(x), in the form that does not overflow.
    return Math.max(0, -ahead) + Math.log1p(Math.exp(-Math.abs(ahead)));
  });
  return mean(losses);
}

/** Share of the pairs whose better one has the higher score; equal scores count half. Null without pairs. */
export function pairAccuracy(scores: ArrayLike<number>, pairs: readonly Pair[]): number | null {
  if (pairs.length === 0) return null;
  const right = pairs.map(({ better, worse }) => (1 + Math.sign(scores[better]! - scores[worse]!)) / 2);
  return mean(right);
}
