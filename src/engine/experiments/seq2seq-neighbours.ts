import { cosine, indexOfLargest } from "../statistics.ts";
import type { HostTensor } from "../tensor/trace.ts";
import { nextTurn } from "./experiment.ts";
import type { TextPair } from "./seq2seq-settings.ts";

/** A pair of the training, and the state of it that is nearest to another. */
export interface Neighbour extends TextPair {
  /** Which of its states, from 0. */
  readonly place: number;
  /** Cosine of the two states, −1 to 1. */
  readonly similarity: number;
}

interface Search {
  readonly count: number;
  /** Pairs at a time. */
  readonly batch: number;
  /** The states of some pairs, [pairs, places, width], and how many places of each count. */
  readonly statesOf: (pairs: readonly TextPair[]) => Promise<{ states: HostTensor; lengths: Int32Array }>;
}

// #region nearest
/** For each of some states the pairs that have the states nearest to it, by the cosine, the nearest first; of each pair its nearest state. */
export async function nearestPairs(
  wanted: readonly Float32Array[],
  pairs: readonly TextPair[],
  { count, batch, statesOf }: Search,
): Promise<Neighbour[][]> {
  let found = wanted.map((): Neighbour[] => []);
  for (let at = 0; at < pairs.length; at += batch) {
    const some = pairs.slice(at, at + batch);
    const { states, lengths } = await statesOf(some);
    const [, places = 0, width = 0] = states.shape;
    const stateAt = (i: number, place: number): Float32Array =>
      states.data.subarray((i * places + place) * width, (i * places + place + 1) * width);
    const nearest = (state: Float32Array, pair: TextPair, i: number): Neighbour => {
      const similarities = Array.from({ length: lengths[i]! }, (_, place) => cosine(state, stateAt(i, place)));
      const place = indexOfLargest(similarities);
      return { ...pair, place, similarity: similarities[place]! };
    };
    found = found.map((before, q) =>
      [...before, ...some.map((pair, i) => nearest(wanted[q]!, pair, i))]
        .sort((a, b) => b.similarity - a.similarity)
        .slice(0, count),
    );
    await nextTurn();
  }
  return found;
}
// #endregion
