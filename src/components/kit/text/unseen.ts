/** What leaves no mark on the screen: controls, marks of direction and joining, halves of surrogate pairs. A joiner inside an emoji is part of it. */
const UNSEEN = /(?<!\p{Extended_Pictographic}|\ufe0f|\p{Emoji_Modifier})\u200d|(?![\n\t\u200d])[\p{Cc}\p{Cf}\p{Cs}]/gu;

/** Kinds of characters that are named one by one. */
const NAMED = 3;

/** A text without what cannot be seen, which a model would read all the same. Ends of lines stay, and tabs, which are gaps as spaces are. */
export function seen(text: string): string {
  return text.replaceAll(UNSEEN, "");
}

/** Says what `seen` takes out of a text; undefined for nothing. */
export function unseenSentence(text: string): string | undefined {
  const codes = new Set(
    [...text.matchAll(UNSEEN)].map(
      ([character]) => `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`,
    ),
  );
  if (codes.size === 0) return undefined;
  const more = codes.size > NAMED ? "等" : "";
  return `有看不见的字符（${[...codes].slice(0, NAMED).join("、")}${more}），没有收下。`;
}

/**
 * What is kept of a text that was typed or pasted, and what is said of the rest; undefined where all is kept.
 * @param maxLength in characters (code points)
 */
export function taken(typed: string, maxLength: number): { readonly kept: string; readonly gone: string | undefined } {
  const characters = [...seen(typed)];
  const { length } = characters;
  const gone = length > maxLength ? `太长（${length} 字），只留下前 ${maxLength} 个字。` : unseenSentence(typed);
  return { kept: characters.slice(0, maxLength).join(""), gone };
}
