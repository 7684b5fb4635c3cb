/** Most characters of a sentence with gaps; `[MASK]` counts six. All of them fit into the smallest context. */
export const MAX_SENTENCE = 100;

/** Gaps that are filled at once: each is drawn. */
const MAX_GAPS = 8;

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
