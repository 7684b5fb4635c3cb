import { checkPlayers, type Score, scoresOf } from "./coalitions.ts";

// #region leave-one-out
/**
 * Occlusion as shares of a score (Zeiler & Fergus 2014; Li et al. 2016 for text): what is lost where one player is absent and all others are there.
 *
 * @throws EngineError `bad-input` for no player, and as `scoresOf`
 */
export async function leaveOneOut(players: number, score: Score): Promise<Float64Array> {
  checkPlayers(players);
  const everyone = new Array<boolean>(players).fill(true);
  const coalitions = [everyone, ...everyone.map((_, player) => everyone.with(player, false))];
  const [full = 0, ...without] = await scoresOf(score, coalitions);
  return Float64Array.from(without, (rest) => full - rest);
}
// #endregion
