import { indexOfLargest } from "../statistics.ts";
import { classProbabilities, fitLogistic } from "./logistic.ts";

/** A text whose class is known. */
export interface LabelledText {
  readonly text: string;
  /** Its class, from 0. */
  readonly label: number;
}

/** What errors cost against large weights. On the sentences of the site nothing between 0.1 and 10 is better by a percentage point. */
const STRENGTH = 1;

/** A text as a bag: which characters, how often. */
type Bag = ReadonlyMap<string, number>;

/**
 * The linear model that fine-tuning must beat: logistic regression on bags of characters. It sees how often each character stands in a text,
 * and neither the order nor anything that it was not shown in training.
 */
export class CharacterModel {
  readonly #known: readonly Bag[];
  readonly #classifier: ReturnType<typeof fitLogistic>;

  /** Learns at once; some dozens of texts take some milliseconds. */
  constructor(training: readonly LabelledText[], classes: number) {
    this.#known = training.map(({ text }) => bagOf(text));
    const data = this.#products(this.#known);
    const labels = Uint8Array.from(training, ({ label }) => label);
    this.#classifier = fitLogistic({ data, size: training.length }, labels, classes, STRENGTH);
  }

  /** A probability for each class, text by text. */
  probabilities(texts: readonly string[]): Float64Array[] {
    const all = classProbabilities(this.#classifier, this.#products(texts.map(bagOf)));
    const { classes } = this.#classifier;
    return texts.map((_, i) => all.slice(i * classes, (i + 1) * classes));
  }

  /** Share of the texts that it gets right. */
  accuracy(texts: readonly LabelledText[]): number {
    const rows = this.probabilities(texts.map(({ text }) => text));
    return texts.filter(({ label }, i) => indexOfLargest(rows[i]!) === label).length / texts.length;
  }

  /** Products of texts with those that it learnt from. Each text has one more coordinate, 1, for the bias. */
  #products(bags: readonly Bag[]): Float64Array {
    return Float64Array.from(bags.flatMap((bag) => this.#known.map((known) => product(bag, known) + 1)));
  }
}

function bagOf(text: string): Bag {
  const bag = new Map<string, number>();
  for (const character of text) bag.set(character, (bag.get(character) ?? 0) + 1);
  return bag;
}

function product(a: Bag, b: Bag): number {
  let sum = 0;
  for (const [character, count] of a) sum += count * (b.get(character) ?? 0);
  return sum;
}
