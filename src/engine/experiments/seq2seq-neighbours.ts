import { cosine } from "../statistics.ts";
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
/** The pairs that have the states nearest to one, by the cosine, the nearest first; of each pair its nearest state. */
export async function nearestPairs(
  state: Float32Array,
  pairs: readonly TextPair[],
  { count, batch, statesOf }: Search,
): Promise<Neighbour[]> {
  const found: Neighbour[] = [];
  for (let at = 0; at < pairs.length; at += batch) {
    const some = pairs.slice(at, at + batch);
    const { states, lengths } = await statesOf(some);
    const [, places = 0, width = 0] = states.shape;
    for (const [i, pair] of some.entries()) {
      let best: Neighbour | undefined;
      for (let place = 0; place < lengths[i]!; place++) {
        const start = (i * places + place) * width;
        const similarity = cosine(state, states.data.subarray(start, start + width));
        if (!best || similarity > best.similarity) best = { ...pair, place, similarity };
      }
      if (best) found.push(best);
    }
    await nextTurn();
  }
  return found.sort((a, b) => b.similarity - a.similarity).slice(0, count);
}
// #endregion
