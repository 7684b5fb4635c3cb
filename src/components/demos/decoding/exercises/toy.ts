import { beamSearch } from "../../../../engine/decoding/beam.ts";
import { DEFAULT_SETTINGS } from "../../../../engine/decoding/settings.ts";
import { ToyTree } from "../../../../engine/decoding/toy-tree.ts";

/** A language model as tables, small enough to check by hand. */
export interface Toy {
  /** Length of all its texts. */
  readonly length: number;
  /** Probability of the next character, by the text before it. */
  readonly next: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** What follows a text that `next` does not name. */
  readonly otherwise?: Readonly<Record<string, number>>;
}

export interface ToyText {
  readonly text: string;
  readonly probability: number;
}

/** The table of the chapter: the best pair begins with the least likely character. */
export const TWO_STEPS: Toy = {
  length: 2,
  next: {
    "": { 山: 0.36, 江: 0.34, 月: 0.3 },
    山: { 中: 0.4, 上: 0.35, 下: 0.25 },
    江: { 上: 0.6, 中: 0.25, 下: 0.15 },
    月: { 下: 0.95, 上: 0.03, 中: 0.02 },
  },
};

/** The table of the exercise: a wider beam may find less. */
export const THREE_STEPS: Toy = {
  length: 3,
  next: {
    "": { 春: 0.36, 秋: 0.33, 江: 0.31 },
    春: { 风: 0.45, 山: 0.3, 水: 0.25 },
    秋: { 月: 0.45, 风: 0.3, 水: 0.25 },
    江: { 上: 0.51, 水: 0.49 },
    秋月: { 明: 0.9, 来: 0.1 },
  },
  otherwise: { 来: 0.6, 明: 0.4 },
};

/** Probabilities of the next character after a text. */
export function nextOf({ next, otherwise = {} }: Toy, text: string): Readonly<Record<string, number>> {
  return next[text] ?? otherwise;
}

/** Every text of the toy with its probability, by multiplying along each path. */
export function allTexts(toy: Toy, start: ToyText = { text: "", probability: 1 }): ToyText[] {
  if (start.text.length === toy.length) return [start];
  return Object.entries(nextOf(toy, start.text)).flatMap(([character, probability]) =>
    allTexts(toy, { text: start.text + character, probability: start.probability * probability }),
  );
}

export function bestText(toy: Toy): ToyText {
  return allTexts(toy).reduce((best, other) => (other.probability > best.probability ? other : best));
}

/** What greedy search writes: at every step the likeliest character. */
export function greedyText(toy: Toy, start: ToyText = { text: "", probability: 1 }): ToyText {
  if (start.text.length === toy.length) return start;
  const [[character, probability] = ["", 0]] = Object.entries(nextOf(toy, start.text)).toSorted(
    ([, a], [, b]) => b - a,
  );
  return greedyText(toy, { text: start.text + character, probability: start.probability * probability });
}

/** What the engine's beam search finds; with one beam that is greedy decoding. */
export async function searchToy(toy: Toy, numBeams: number): Promise<ToyText> {
  // Token 0 stands for the prompt; a text must begin with something.
  const vocabulary = ["", ...new Set(allTexts(toy).flatMap(({ text }) => [...text]))];
  const tree = new ToyTree((path) => {
    const row = nextOf(toy, path.map((token) => vocabulary[token]).join(""));
    return vocabulary.map((character) => Math.log(row[character] ?? 0));
  });
  const settings = { ...DEFAULT_SETTINGS, numBeams, maxNewTokens: toy.length };
  for await (const event of beamSearch(tree, [0], settings)) {
    const best = event.type === "result" ? event.hypotheses[0] : undefined;
    if (best) {
      return { text: best.ids.map((token) => vocabulary[token]).join(""), probability: Math.exp(best.logProb) };
    }
  }
  throw new RangeError("the toy has no text");
}
