import { softmax } from "../../../engine/decoding/softmax.ts";
import { topIndices } from "../../../engine/decoding/top-indices.ts";
import type { BarRow } from "../../kit/frame/types.ts";

/** Most characters of a sentence with gaps; `[MASK]` counts six. All of them fit into the smallest context. */
export const MAX_SENTENCE = 100;

/** Gaps that are filled at once: each is drawn. */
const MAX_GAPS = 8;

/** Guesses that are shown for each gap. */
const GUESSES = 5;

/** A gap of a sentence, with what may stand there. */
export interface Gap {
  /** Index into the tokens. */
  readonly place: number;
  /** The most likely tokens, best first. */
  readonly rows: readonly BarRow[];
}

/** The sentence with all ways of typing a mask written as the model knows it. */
export function withMasks(sentence: string): string {
  return sentence.replaceAll(/[[［【]\s*mask\s*[\]］】]/giu, "[MASK]");
}

/** What is wrong with a sentence, for the reader; `undefined` when its gaps can be filled. */
export function gapProblem(sentence: string): string | undefined {
  const gaps = sentence.split("[MASK]").length - 1;
  if (gaps === 0) return "要有一处 [MASK]，模型才知道猜哪里。";
  return gaps > MAX_GAPS ? `最多 ${MAX_GAPS} 处 [MASK]，现在有 ${gaps} 处。` : undefined;
}

/**
 * The best guesses for each gap.
 * @param logits over the vocabulary, one array for each place
 */
export function gapsOf(
  places: readonly number[],
  logits: readonly Float32Array[],
  vocabulary: readonly string[],
): Gap[] {
  return places.map((place, i) => {
    const best = topIndices(softmax(logits[i] ?? new Float32Array()), GUESSES);
    return { place, rows: best.map(({ index, value }) => ({ id: index, label: vocabulary[index] ?? "", value })) };
  });
}
