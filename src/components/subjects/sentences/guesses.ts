import { logSoftmax } from "../../../engine/decoding/softmax.ts";
import { topIndices } from "../../../engine/decoding/top-indices.ts";
import type { BarRow } from "../../kit/frame/types.ts";

/** The likeliest tokens, as bars; what really stood there is marked as chosen. */
export function guessRows(
  logits: Float32Array,
  vocabulary: readonly string[],
  count: number,
  original: number | null,
): BarRow[] {
  const logProbs = logSoftmax(logits);
  return topIndices(logProbs, count).map(({ index, value }) => ({
    id: index,
    label: vocabulary[index] ?? String(index),
    value: Math.exp(value),
    ...(index === original && { status: "chosen" as const }),
  }));
}

/** The likeliest tokens in one short text, such as 「子凳椅」. */
export function bestTokens(logits: Float32Array, vocabulary: readonly string[], count: number): string[] {
  return topIndices(logits, count).map(({ index }) => vocabulary[index] ?? String(index));
}
