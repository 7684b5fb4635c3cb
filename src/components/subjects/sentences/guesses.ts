import { softmax } from "../../../engine/decoding/softmax.ts";
import { topIndices } from "../../../engine/decoding/top-indices.ts";
import type { BarRow } from "../../kit/frame/types.ts";
import { MASK } from "./special-tokens.ts";

/** The likeliest tokens with their probabilities, as bars, best first. @param chosen the token that is marked, if it is among them */
export function guessRows(
  logits: Float32Array,
  vocabulary: readonly string[],
  count: number,
  chosen?: number | null,
): BarRow[] {
  return topIndices(softmax(logits), count).map(({ index, value }) => ({
    id: index,
    label: vocabulary[index] ?? String(index),
    value,
    ...(index === chosen && { status: "chosen" as const }),
  }));
}

/** The likeliest tokens in one short text, such as 「子凳椅」. */
export function bestTokens(logits: Float32Array, vocabulary: readonly string[], count: number): string[] {
  return topIndices(logits, count).map(({ index }) => vocabulary[index] ?? String(index));
}

/** Where a text has masks: indices into its tokens. */
export function maskPlaces(tokens: readonly string[]): number[] {
  return tokens.flatMap((token, place) => (token === MASK ? [place] : []));
}

/** A gap of a text, with what may stand there. */
export interface Gap {
  /** Index into the tokens. */
  readonly place: number;
  /** The likeliest tokens, best first. */
  readonly rows: readonly BarRow[];
}

/** The best guesses for each of some places. @param logits over the vocabulary, one array for each place */
export function gapsOf(
  places: readonly number[],
  logits: readonly Float32Array[],
  vocabulary: readonly string[],
  count: number,
): Gap[] {
  return places.map((place, i) => ({ place, rows: guessRows(logits[i]!, vocabulary, count) }));
}
