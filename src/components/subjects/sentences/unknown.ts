import type { UnknownCharacter } from "../../../engine/files/tokenizer.ts";

/** Characters that are named one by one, and of each as many as are shown: a run of emoji counts as one. */
const NAMED = 8;
const SHOWN = 8;

/** Names characters that the vocabulary does not have, as the beginning of a sentence; nothing where there are none. */
export function missingClause(unknown: readonly string[]): string {
  const characters = [...new Set(unknown)];
  if (characters.length === 0) return "";
  const named = characters.slice(0, NAMED).map((char) => `「${shorten(char)}」`);
  const rest = characters.length > NAMED ? `等 ${characters.length} 种字` : "";
  return `词表里没有${named.join("")}${rest}`;
}

/** Says which characters of a text the vocabulary does not have, and what becomes of them, as the beginning of a sentence; nothing where it has all. */
export function unknownClause(unknown: readonly Pick<UnknownCharacter, "char">[]): string {
  const clause = missingClause(unknown.map(({ char }) => char));
  return clause && `${clause}，模型读到的是 [UNK]`;
}

/** The same as a whole sentence. */
export function unknownSentence(unknown: readonly Pick<UnknownCharacter, "char">[]): string {
  const clause = unknownClause(unknown);
  return clause && `${clause}。`;
}

function shorten(text: string): string {
  const characters = [...text];
  return characters.length > SHOWN ? `${characters.slice(0, SHOWN).join("")}……` : text;
}
