import { binomial, checkPlayers, everyCoalition, type Score, type Shares, scoresOf, sizeOf } from "./coalitions.ts";

/** More players than that have more coalitions than a reader waits for: 4096 of these. */
export const MAX_EXACT_PLAYERS = 12;

// #region shapley
/**
 * Shapley values (Shapley 1953), exactly: what a player adds to the score when it joins, on average over all orders in which they may come.
 * φᵢ = Σ |S|! (n − |S| − 1)! / n! · (v(S ∪ {i}) − v(S)), over all coalitions S without i.
 *
 * @param score asked about all 2ⁿ coalitions
 * @throws EngineError `bad-input` for no player or more than 12, and as `scoresOf`
 */
export async function shapleyValues(players: number, score: Score): Promise<Shares> {
  checkPlayers(players, MAX_EXACT_PLAYERS);
  const coalitions = everyCoalition(players);
  const scores = await scoresOf(score, coalitions);
  const values = new Float64Array(players);
  for (const [before, coalition] of coalitions.entries()) {
    const share = 1 / (players * binomial(players - 1, sizeOf(coalition)));
    for (const [player, present] of coalition.entries()) {
      if (present) continue;
      const after = before | (1 << player);
      values[player]! += share * (scores[after]! - scores[before]!);
    }
  }
  return { values, empty: scores[0]!, full: scores.at(-1)! };
}
// #endregion
