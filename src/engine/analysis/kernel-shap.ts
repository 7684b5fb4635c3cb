import { type Random, shuffled } from "../random.ts";
import {
  binomial,
  type Coalition,
  checkPlayers,
  checkSamples,
  everyCoalition,
  type Score,
  type Shares,
  scoresOf,
  sizeOf,
} from "./coalitions.ts";
import { weightedLeastSquares } from "./least-squares.ts";

/** A coalition, and how much its score counts. */
export interface WeightedCoalition {
  readonly coalition: Coalition;
  weight: number;
}

// #region kernel-shap
/**
 * KernelSHAP (Lundberg & Lee 2017): Shapley values as the best linear account of the score. It minimises
 * Σ π(S) (v(S) − v(∅) − Σ φᵢ over i in S)² with π(S) = (n − 1) / (C(n, |S|) |S| (n − |S|)), under the condition Σ φᵢ = v(all) − v(∅).
 * Over all coalitions the result is exact; over some it is an estimate.
 *
 * @param samples how many coalitions are asked about, besides the empty one and the full one. Where there are no more, all are; else they are
 * drawn as often as π says, each together with its complement, which makes the estimate more exact (Covert & Lee 2021)
 * @throws EngineError `bad-input` for no player, fewer than two samples or too few to settle all values, and as `scoresOf`
 */
export async function kernelShap(players: number, score: Score, samples: number, random: Random): Promise<Shares> {
  checkPlayers(players);
  checkSamples(samples);
  const weighted = 2 ** players - 2 <= samples ? allProper(players) : drawPairs(players, samples, random);
  const ends = [false, true].map((present) => new Array<boolean>(players).fill(present));
  const [empty = 0, full = 0, ...scores] = await scoresOf(score, [...ends, ...weighted.map((each) => each.coalition)]);

  return { values: constrainedShares(weighted, scores, { empty, full }), empty, full };
}
// #endregion

// #region constrained
/**
 * The values that account best for the scores of some coalitions, under the condition that they add up to `full` − `empty`.
 * @throws EngineError `bad-input` for coalitions that leave a value open
 */
export function constrainedShares(
  weighted: readonly WeightedCoalition[],
  scores: readonly number[],
  { empty, full }: Pick<Shares, "empty" | "full">,
): Float64Array {
  // The condition gives the last value, and is put into the equations of the others.
  const last = (weighted[0]?.coalition.length ?? 1) - 1;
  const observations = weighted.map(({ coalition, weight }, i) => {
    const lastThere = Number(coalition[last]);
    const features = coalition.slice(0, last).map((present) => Number(present) - lastThere);
    return { features, target: scores[i]! - empty - lastThere * (full - empty), weight };
  });
  const others = weightedLeastSquares(observations, last);
  const rest = others.reduce((left, value) => left - value, full - empty);
  return Float64Array.from([...others, rest]);
}
// #endregion

/** Every coalition but the empty and the full one, whose weights are infinite: the condition holds them. */
function allProper(players: number): WeightedCoalition[] {
  const proper = everyCoalition(players).slice(1, -1);
  return proper.map((coalition) => {
    const size = sizeOf(coalition);
    return { coalition, weight: bySize(players, size) / binomial(players, size) };
  });
}

/** How much all coalitions of one size weigh together. */
function bySize(players: number, size: number): number {
  return (players - 1) / (size * (players - size));
}

/** Coalitions with their complements. One that is drawn again weighs more, and is asked about once. */
function drawPairs(players: number, samples: number, random: Random): WeightedCoalition[] {
  const everyone = Array.from({ length: players }, (_, player) => player);
  const weights = everyone.slice(1).map((size) => bySize(players, size));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const drawn = new Map<string, WeightedCoalition>();
  for (let pair = 0; pair < Math.floor(samples / 2); pair++) {
    let left = random.uniform() * total;
    const size =
      1 +
      weights.findIndex((weight) => {
        left -= weight;
        return left < 0;
      });
    const present = new Set(shuffled(everyone, random).slice(0, size));
    for (const side of [true, false]) {
      const coalition = everyone.map((player) => present.has(player) === side);
      const key = coalition.map(Number).join("");
      const known = drawn.get(key);
      if (known) known.weight += 1;
      else drawn.set(key, { coalition, weight: 1 });
    }
  }
  return [...drawn.values()];
}
