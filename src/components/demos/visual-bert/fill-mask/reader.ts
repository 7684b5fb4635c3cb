import type { UnknownCharacter } from "../../../../engine/files/tokenizer.ts";
import type { HostTensor } from "../../../../engine/tensor/trace.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import type { BarRow } from "../../../kit/frame/types.ts";
import { guessRows } from "../../../subjects/sentences/guesses.ts";
import { placeOf } from "../../../subjects/sentences/score.ts";
import { MASK } from "../../../subjects/sentences/special-tokens.ts";
import { paidBy } from "./attention.ts";
import { MAX_GUESSES } from "./fields.ts";
import { readHidingOneMore } from "./hiding.ts";
import { dropOf, type MaskedSentence, maskSentence, watchedToken } from "./sentence.ts";

/** What the model makes of a hidden place. */
export interface Guess {
  /** The likeliest tokens, best first. */
  readonly rows: readonly BarRow[];
  /** What stood there, and its rank, from 0; null where the reader wrote [MASK] himself. */
  readonly original: { readonly name: string; readonly rank: number } | null;
  /**
   * How much the token that is watched loses in ln p with each other place hidden, by place. What is not measured yet is missing. Watched is what stood
   * there, or else what is likeliest.
   */
  readonly drops: ReadonlyMap<number, number>;
}

/** What the model makes of a sentence with hidden places. */
export interface SentenceReading {
  readonly sentence: MaskedSentence;
  readonly unknown: readonly UnknownCharacter[];
  /** Of each hidden place. */
  readonly guesses: readonly Guess[];
  /** What the hidden places look at, layer by layer: [heads, hidden places, length]. */
  readonly patterns: readonly HostTensor[];
}

/** Reads a sentence, and then again with each other token hidden as well, some at a time. @throws EngineError as `maskSentence` */
export async function* readMasked(
  context: WorkContext,
  text: string,
  places: readonly number[],
): AsyncGenerator<SentenceReading, void, undefined> {
  const { engine, model } = context;
  const { vocabulary } = model;
  const encoded = await engine.encode(model.id, text);
  const maskId = vocabulary.indexOf(MASK);
  const sentence = maskSentence(encoded, places, { maskId, longest: model.contextLength });
  const { tokens, traces } = await engine.read(model.id, sentence, {
    guesses: sentence.guesses,
    trace: ["blocks.*.attn.pattern"],
  });
  const guesses = sentence.guesses.map((place, i): Guess => {
    const original = sentence.originals[place] ?? null;
    return {
      rows: guessRows(tokens[i]!, vocabulary, MAX_GUESSES, original),
      original: original === null ? null : { name: vocabulary[original] ?? "", rank: placeOf(tokens[i]!, [original]) },
      drops: new Map(),
    };
  });
  const patterns = [...traces.values()].map((pattern) => paidBy(sentence.guesses, pattern));
  let reading: SentenceReading = { sentence, unknown: encoded.unknown, guesses, patterns };
  yield reading;
  if (guesses.length === 0) return;

  const watched = sentence.guesses.map((place, i) => watchedToken(tokens[i]!, sentence.originals[place] ?? null));
  for await (const part of readHidingOneMore(context, sentence, maskId)) {
    const measured = reading.guesses.map((guess, i): Guess => {
      const own = part.map(
        (hidden) => [hidden.place, dropOf(tokens[i]!, hidden.reading.tokens[i]!, watched[i]!)] as const,
      );
      return { ...guess, drops: new Map([...guess.drops, ...own]) };
    });
    reading = { ...reading, guesses: measured };
    yield reading;
  }
}
