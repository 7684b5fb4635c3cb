import { textProblem } from "../../../kit/text/format-marks.ts";
import type { Answer } from "../writing.ts";

/** Sentences of the reader's in one conversation, at most, and characters of each. */
export const MAX_TURNS = 6;
export const MAX_SAID = 40;
/** Tokens of an answer, at most; so many positions of the context are kept for it. */
export const ANSWER_ROOM = 60;
/** Tokens that can be read before an answer of a model with 256 positions; at least the longest sentence with its marks. */
export const ROOM = { min: MAX_SAID + 4, max: 256 - ANSWER_ROOM };

/** What was said, and what the model answered. */
export interface Turn {
  readonly said: string;
  /** The sentence between its marks, `[问]…[答]`, as tokens. */
  readonly given: readonly number[];
  readonly answer: Answer;
}

/** A sentence of the reader's as the model gets it. */
export function givenText(said: string): string {
  return `[问]${said}[答]`;
}

/** The sentences of a field in which each is a line; empty ones are not said. */
export function saidOf(lines: string): string[] {
  return lines
    .split("\n")
    .map((line) => [...line.trim()].slice(0, MAX_SAID).join(""))
    .filter(Boolean)
    .slice(0, MAX_TURNS);
}

/** The lines with one of them put in another's place, or with one more; none is left empty at the end. */
export function withLine(lines: string, index: number, said: string): string {
  const all = lines.split("\n");
  while (all.length <= index) all.push("");
  return trimmed(all.with(index, said.replaceAll("\n", " ")));
}

/** The lines without one of them. */
export function withoutLine(lines: string, index: number): string {
  return trimmed(lines.split("\n").toSpliced(index, 1));
}

function trimmed(lines: readonly string[]): string {
  return lines.join("\n").replace(/\n+$/u, "");
}

/** What is wrong with what the reader says, as a sentence; `undefined` when it can be said. */
export function conversationProblem(lines: string): string | undefined {
  return saidOf(lines).length === 0 ? "请先说一句话。" : textProblem(lines);
}

/** All tokens of a turn: an answer that was cut off is closed as all answers of the training are. */
export function tokensOf({ given, answer }: Turn, endId: number): number[] {
  const written = answer.tokens.map(({ token }) => token);
  return [...given, ...written, ...(answer.ending === "end" ? [] : [endId])];
}

/**
 * How many of the earliest turns are left out, so that the rest and what is asked now can be read: whole turns, as chat programs do.
 * @param turns lengths of the earlier turns, in tokens
 * @param asked length of what is asked now, which is always read
 * @param room tokens that can be read
 */
export function leftOut(turns: readonly number[], asked: number, room: number): number {
  let read = turns.reduce((sum, length) => sum + length, asked);
  let left = 0;
  while (left < turns.length && read > room) {
    read -= turns[left] ?? 0;
    left++;
  }
  return left;
}
