/**
 * Classes of characters as Python's tokenizers draws them, for use inside `[…]` of a regular expression with the flag `v`. Characters that are newer
 * than the Unicode tables of one side are in its classes only.
 */

/** `char::is_whitespace` of Rust, `\s` of its regular expressions and of Oniguruma's. JavaScript's own has U+FEFF, and lacks U+0085. */
export const SPACE = "\\p{White_Space}";
/** `\w` of Rust's regular expressions. */
export const RUST_WORD = "\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}";
/** `\w` of Oniguruma, which counts some fractions and superscripts. */
export const ONIGURUMA_WORD = "\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\u{b2}\\u{b3}\\u{b9}\\u{bc}\\u{bd}\\u{be}";
/** Punctuation, and whatever of ASCII is neither letter, digit, space nor control: `$`, `+`, `<`, … */
export const PUNCTUATION = "\\p{P}$+<=>\\^`\\|~";

/** A character as part of a pattern. */
export function escaped(character: string): string {
  return `\\u{${character.codePointAt(0)!.toString(16)}}`;
}

/** A text as part of a pattern. */
export function literal(text: string): string {
  return Array.from(text, escaped).join("");
}
