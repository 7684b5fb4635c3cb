import { type Blank, filled, sidesOf } from "./blank.ts";
import { bestTokens } from "./guesses.ts";
import { addScores, type NamedScore, NO_SCORE, placeOf, scoreOf } from "./score.ts";

/** A sentence with a blank, and how a model did. */
export interface Marked {
  readonly blank: Blank;
  /** The five likeliest tokens. */
  readonly best: readonly string[];
  /** Where the best of the right answers stands, from 0. */
  readonly place: number;
}

/** @param logits over the vocabulary, at the blank */
export function mark(blank: Blank, logits: Float32Array, vocabulary: readonly string[]): Marked {
  const answers = [...blank.answers].map((answer) => vocabulary.indexOf(answer)).filter((id) => id >= 0);
  return { blank, best: bestTokens(logits, vocabulary, 5), place: placeOf(logits, answers) };
}

/** Scores by kind, in the order of the kinds, and of all together. */
export function scoresOf(marked: readonly Marked[], kinds: readonly string[]): NamedScore[] {
  const rows = kinds.map((name) => ({
    name,
    score: scoreOf(marked.filter(({ blank }) => blank.kind === name).map(({ place }) => place)),
  }));
  return [...rows, { name: "合计", score: rows.map(({ score }) => score).reduce(addScores, NO_SCORE) }];
}

/** What the demo of the first section is to be set to, to show this sentence with its blank. */
export function inFillMask(blank: Blank): { text: string; masks: string } {
  const [left] = sidesOf(blank);
  // Place 0 is [CLS]; every character of our sentences is a token of its own.
  return { text: filled(blank), masks: String([...left].length + 1) };
}
