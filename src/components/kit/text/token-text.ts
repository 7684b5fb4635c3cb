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
