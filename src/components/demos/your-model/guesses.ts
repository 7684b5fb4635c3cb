import { softmax } from "../../../engine/decoding/softmax.ts";
import { topIndices } from "../../../engine/decoding/top-indices.ts";
import type { BarRow } from "../../kit/frame/types.ts";

/** Where a text has masks: indices into its tokens. */
export function maskPlaces(tokens: readonly string[]): number[] {
  return tokens.flatMap((token, index) => (token === "[MASK]" ? [index] : []));
}

/** The most likely tokens by their logits, as bars; the likeliest is marked as chosen. */
export function guessRows(logits: Float32Array, vocabulary: readonly string[], count: number): BarRow[] {
  return topIndices(softmax(logits), count).map(({ index, value }, rank) => ({
    id: index,
    label: vocabulary[index] ?? String(index),
    value,
    ...(rank === 0 && { status: "chosen" as const }),
  }));
}
