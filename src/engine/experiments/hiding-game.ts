import { type Coalition, type Score, scoresOf } from "../analysis/coalitions.ts";
import { logOdds } from "../analysis/occlusion.ts";
import type { Bert } from "../models/bert.ts";
import { type ClassifiedText, classLogitsAt } from "../models/bert-words.ts";

/** Texts are read together as far as this. */
const TOKENS_AT_ONCE = 512;

/** A text, some of whose tokens can be hidden, and the class in question. */
export interface HiddenText {
  readonly text: ClassifiedText;
  /** Of the tokens that can be hidden, counted with [CLS] at 0: the players. */
  readonly places: readonly number[];
  /** [tokens × width] The word embeddings of the text, and with every player hidden. */
  readonly end: Float32Array;
  readonly start: Float32Array;
  readonly chosen: number;
}

/**
 * The log-odds that a classifier gives to a text of which only some tokens can be read. Each coalition is read once, whoever asks: exact Shapley
 * values leave nothing to be read for the methods that sample.
 */
export class HidingGame {
  readonly #model: Bert;
  readonly #hidden: HiddenText;
  readonly #known = new Map<string, number>();

  constructor(model: Bert, hidden: HiddenText) {
    this.#model = model;
    this.#hidden = hidden;
  }

  /** How many texts were read so far. */
  get reads(): number {
    return this.#known.size;
  }

  /**
   * What a method finds that asks about coalitions. What it asks does not depend on the answers, so it is asked twice: once for its questions, and once
   * more when all are answered. In between it stops after each batch of texts, and says how many are read, so that it can be given up there.
   *
   * @throws EngineError what the method throws, and as `Bert.forward`
   */
  async *answer<T>(method: (score: Score) => Promise<T>): AsyncGenerator<number, T, undefined> {
    const asked: Coalition[] = [];
    await method(async (coalitions) => {
      for (const coalition of coalitions) asked.push(coalition);
      return coalitions.map(() => 0);
    });
    const open = [...new Map(asked.map((coalition) => [keyOf(coalition), coalition]))].filter(
      ([key]) => !this.#known.has(key),
    );
    const { text, chosen } = this.#hidden;
    const atOnce = Math.max(1, Math.floor(TOKENS_AT_ONCE / text.ids.length));
    for (let first = 0; first < open.length; first += atOnce) {
      const batch = open.slice(first, first + atOnce);
      const logits = await classLogitsAt(
        this.#model,
        text,
        batch.map(([, coalition]) => this.#pointOf(coalition)),
      );
      for (const [i, [key]] of batch.entries()) this.#known.set(key, logOdds(logits[i]!, chosen));
      yield this.reads;
    }
    return method(async (coalitions) => coalitions.map((coalition) => this.#known.get(keyOf(coalition))!));
  }

  /** The word embeddings of the text as a coalition leaves it. */
  #pointOf(coalition: Coalition): Float32Array {
    const { places, end, start, text } = this.#hidden;
    const width = end.length / text.ids.length;
    const point = end.slice();
    for (const [player, place] of places.entries()) {
      if (coalition[player]) continue;
      point.set(start.subarray(place * width, (place + 1) * width), place * width);
    }
    return point;
  }
}

/** The scores of nobody and of everybody. */
export async function endsOf(players: number, score: Score): Promise<readonly [empty: number, full: number]> {
  const ends = [false, true].map((present) => new Array<boolean>(players).fill(present));
  const [empty = 0, full = 0] = await scoresOf(score, ends);
  return [empty, full];
}

function keyOf(coalition: Coalition): string {
  return coalition.map(Number).join("");
}
