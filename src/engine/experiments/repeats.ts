import type { Random } from "../random.ts";

/** Tokens of a sequence that is trained on. */
export const LENGTH = 48;
/** Tokens of the piece that comes back, and the most that lie between two of its copies. */
const PIECE = { least: 8, most: 14 };
const MOST_BETWEEN = 6;

/** A sequence in which a piece comes back. */
export interface Repeats {
  /** [LENGTH + 1]: the last one is only predicted. */
  readonly ids: readonly number[];
  /** For each token whether those before it tell what it is: it stands in a copy of the piece, and not at its beginning. */
  readonly known: readonly boolean[];
}

// #region repeats
/**
 * Random tokens, among them a random piece again and again, with more or less between its copies. Nothing can be learnt of the tokens, nor of
 * places or distances: who predicts a copy has found, in this very sequence, what followed before.
 */
export function drawRepeats(random: Random, vocabulary: number): Repeats {
  const below = (end: number): number => Math.floor(random.uniform() * end);
  const token = (): number => below(vocabulary);
  const piece = Array.from({ length: PIECE.least + below(PIECE.most - PIECE.least + 1) }, token);
  const ids: number[] = [];
  const known: boolean[] = [];
  for (let copy = 0; ids.length <= LENGTH; copy++) {
    const between = Array.from({ length: below(MOST_BETWEEN + 1) }, token);
    for (const id of between) {
      ids.push(id);
      known.push(false);
    }
    for (const [i, id] of piece.entries()) {
      ids.push(id);
      known.push(copy > 0 && i > 0);
    }
  }
  return { ids: ids.slice(0, LENGTH + 1), known: known.slice(0, LENGTH + 1) };
}
// #endregion
