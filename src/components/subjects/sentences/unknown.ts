import type { UnknownCharacter } from "../../../engine/files/tokenizer.ts";

/** Characters that are named one by one. */
const NAMED = 5;

/** Says which characters of a text the model does not know; nothing where it knows all. */
export function unknownSentence(unknown: readonly UnknownCharacter[]): string {
  const characters = [...new Set(unknown.map(({ char }) => char))];
  if (characters.length === 0) return "";
  const named = characters
    .slice(0, NAMED)
    .map((char) => `「${char}」`)
    .join("");
  const rest = characters.length > NAMED ? `等 ${characters.length} 种字` : "";
  return `模型不认识${named}${rest}，把它们读成了 [UNK]。`;
}
