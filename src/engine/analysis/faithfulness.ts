import { mean } from "../statistics.ts";
import { type Coalition, type Score, scoresOf } from "./coalitions.ts";

/** What becomes of a score when players go, or come, in an order that an explanation has given; [players + 1] each. */
export interface OrderCurves {
  /** All are there at first, and the first of the order goes first. */
  readonly deletion: Float64Array;
  /** Nobody is there at first, and the first of the order comes first. */
  readonly insertion: Float64Array;
}

/** Players from the one whose value is largest to the one whose value is smallest; of equal ones the earlier first. */
export function orderOf(values: ArrayLike<number>): number[] {
  return Array.from(values, (_, player) => player).sort((a, b) => values[b]! - values[a]! || a - b);
}

// #region curves
/**
 * Deletion and insertion (Samek et al. 2017; Petsiuk et al. 2018; of text "comprehensiveness" and "sufficiency", DeYoung et al. 2020): an order is
 * the better, the faster the score falls when its first players go, and the faster it rises when they come.
 *
 * @throws EngineError as `scoresOf`
 */
export async function orderCurves(order: readonly number[], score: Score): Promise<OrderCurves> {
  const first = (count: number, present: boolean): Coalition => {
    const players = new Array<boolean>(order.length).fill(!present);
    for (const player of order.slice(0, count)) players[player] = present;
    return players;
  };
  const counts = Array.from({ length: order.length + 1 }, (_, count) => count);
  const [deletion, insertion] = [
    await scoresOf(
      score,
      counts.map((count) => first(count, false)),
    ),
    await scoresOf(
      score,
      counts.map((count) => first(count, true)),
    ),
  ];
  return { deletion, insertion };
}
// #endregion

/** The mean height of a curve whose points stand at equal distances, by the trapezoidal rule. */
export function meanHeight(curve: ArrayLike<number>): number {
  const ends = (curve[0]! + curve[curve.length - 1]!) / 2;
  return (mean(curve) * curve.length - ends) / (curve.length - 1);
}
