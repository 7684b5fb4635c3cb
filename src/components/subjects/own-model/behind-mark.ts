import { EngineError } from "../../../engine/errors.ts";
import type { EncodedText } from "../../../engine/files/tokenizer.ts";
import { type ModelInfo, separatorOf } from "../../../engine/model-info.ts";

/** A text as a GPT reads it. */
export interface ReadText extends EncodedText {
  /** How many tokens stand before the text itself: the mark, or none where the model has no mark. */
  readonly front: number;
}

/**
 * A text as a GPT reads it that has read texts one behind the other: behind what its tokenizer puts in front, or else behind the mark that ends them. Where its
 * files name no mark, or several, the text stands alone, as in Python. What a tokenizer puts at the end is taken away, as the text is to go on.
 *
 * @throws EngineError `bad-input`: a mark in the midst of the text
 */
export function behindMark(
  { ids: encoded, unknown }: EncodedText,
  { vocabulary, specialIds, endIds }: Pick<ModelInfo, "vocabulary" | "specialIds" | "endIds">,
): ReadText {
  const strange = new Set(unknown.map(({ index }) => encoded[index]));
  const isMarkId = (id: number): boolean => specialIds.has(id) && !strange.has(id);
  const own = encoded.slice(0, encoded.findLastIndex((id) => !isMarkId(id)) + 1);
  const begun = Math.max(
    0,
    own.findIndex((id) => !isMarkId(id)),
  );
  const inside = own.slice(begun).find(isMarkId);
  if (inside !== undefined) {
    throw new EngineError("bad-input", `「${vocabulary[inside]}」是格式的记号，不能写在文字里`);
  }
  const mark = separatorOf({ endIds });
  const added = begun === 0 && mark !== null ? [mark] : [];
  const ids = [...added, ...own];
  return {
    ids,
    segments: ids.map(() => 0),
    tokens: ids.map((id) => vocabulary[id] ?? ""),
    unknown: unknown.map(({ index, char }) => ({ index: index + added.length, char })),
    front: begun + added.length,
  };
}
