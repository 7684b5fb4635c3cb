/** How white space inside a token is made visible. */
const SPACES: ReadonlyMap<string, string> = new Map([
  [" ", "␣"],
  ["\u3000", "□"],
  ["\t", "⇥"],
  ["\n", "↵"],
  ["\r", "↵"],
]);

/** A token's text with white space made visible; an empty token is shown as `∅`. */
export function visibleToken(text: string): string {
  return text === "" ? "∅" : [...text].map((character) => SPACES.get(character) ?? character).join("");
}

/** Whether a line of verse ends after this token. */
export function endsVerseLine(text: string): boolean {
  return /[，。！？；\n]$/u.test(text);
}

/** Whether a token stands for no text, such as `[MASK]`: all tokenizers of the site write those in brackets. */
export function isMark(text: string): boolean {
  return /^\[.+\]$/u.test(text);
}

/**
 * A token's text as `visibleToken`, cut to what there is room for.
 * @param room how many Latin letters; a character of twice their width counts as two
 */
export function shortToken(text: string, room: number): string {
  const all = [...visibleToken(text)];
  const width = (characters: readonly string[]): number =>
    characters.reduce((sum, character) => sum + (character >= "\u2e80" ? 2 : 1), 0);
  if (all.length === 1 || width(all) <= room) return all.join("");
  let kept = all.length;
  while (kept > 1 && width(all.slice(0, kept)) + 1 > room) kept--;
  return `${all.slice(0, kept).join("")}…`;
}
