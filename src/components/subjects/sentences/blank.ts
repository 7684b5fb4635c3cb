import { MASK } from "./special-tokens.ts";

/** A sentence with one character left out. */
export interface Blank {
  /** What it asks for: facts, measure words, idioms… */
  readonly kind: string;
  /** With one `[MASK]`. */
  readonly text: string;
  /** The characters that count as right, the plainest first. */
  readonly answers: string;
}

/** What stands before the blank, and behind it. */
export function sidesOf({ text }: Blank): readonly [left: string, right: string] {
  const at = text.indexOf(MASK);
  return [text.slice(0, at), text.slice(at + MASK.length)];
}

/** The sentence as somebody would write it, with its plainest answer. */
export function filled(blank: Blank): string {
  return blank.text.replace(MASK, [...blank.answers][0] ?? "");
}
