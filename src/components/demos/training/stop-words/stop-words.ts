import { segmented } from "../../../../engine/analysis/text-units.ts";

/** A short list such as one finds in many Chinese tutorials: what stands in every text, whatever it is about. */
export const STOP_WORDS: readonly string[] = [
  ..."的了在是我有和就不人都一上也很到说要去你会着看好这那他她它们把被让给从对为与及而但或呢吗吧啊",
  ...["一个", "没有", "自己", "我们", "你们", "他们", "这个", "那个", "什么", "因为", "所以", "如果", "但是", "可以"],
];

/** Those of the list that say of a sentence whether it is meant well. */
export const TELLING: readonly string[] = ["不", "没有", "好", "很"];

/** A text without its stop words, as the browser's dictionary cuts it. */
export function withoutStopWords(text: string, stopWords: readonly string[] = STOP_WORDS): string {
  const stopped = new Set(stopWords);
  return segmented(text)
    .filter((word) => !stopped.has(word))
    .join("");
}

/** The share of a text's characters that its stop words take. */
export function stoppedShare(text: string): number {
  return 1 - [...withoutStopWords(text)].length / [...text].length;
}
