import type { UnknownCharacter } from "../../../../engine/files/tokenizer.ts";
import type { HostTensor } from "../../../../engine/tensor/trace.ts";
import { DemoRun } from "../../../kit/run/demo-run.svelte.ts";
import { MASK } from "../../../subjects/sentences/special-tokens.ts";
import { BERT } from "../chapter-models.ts";
import { readHidingOneMore } from "./hiding.ts";
import { dropOf, type MaskedSentence, maskSentence, watchedToken } from "./sentence.ts";

/** What the model makes of a sentence with hidden places. */
export interface SentenceReading {
  readonly sentence: MaskedSentence;
  readonly unknown: readonly UnknownCharacter[];
  /** Over the vocabulary, for each hidden place. */
  readonly logits: readonly Float32Array[];
  /** For each hidden place, the token whose probability is watched while others are hidden, too. */
  readonly watched: readonly number[];
  /** Attention of each layer, [heads, length, length]. */
  readonly patterns: readonly HostTensor[];
}

/** Reads a sentence, and then again with each other token hidden as well. */
export class MaskReader {
  readonly run = new DemoRun(BERT);
  reading: SentenceReading | undefined = $state.raw();
  /** For each hidden place: how much its watched token loses in ln p with each other place hidden, by place. What is not measured yet is missing. */
  drops: readonly ReadonlyMap<number, number>[] = $state.raw([]);

  /** Resolves when everything is measured, or the reader wanted something else. */
  read(text: string, places: readonly number[]): Promise<void> {
    return this.run.start(async (context) => {
      const { engine, model, signal } = context;
      const encoded = await engine.encode(BERT, text);
      const maskId = model.vocabulary.indexOf(MASK);
      const sentence = maskSentence(encoded, places, { maskId, longest: model.contextLength });
      const { tokens, traces } = await engine.read(BERT, sentence, {
        guesses: sentence.guesses,
        trace: ["blocks.*.attn.pattern"],
      });
      if (signal.aborted) return;
      const watched = sentence.guesses.map((place, i) => watchedToken(tokens[i]!, sentence.originals[place] ?? null));
      this.reading = { sentence, unknown: encoded.unknown, logits: tokens, watched, patterns: [...traces.values()] };
      this.drops = sentence.guesses.map(() => new Map());
      if (tokens.length === 0) return;

      for await (const part of readHidingOneMore(context, sentence, maskId)) {
        this.drops = this.drops.map((measured, i) => {
          const drop = (after: Float32Array): number => dropOf(tokens[i]!, after, watched[i]!);
          return new Map([
            ...measured,
            ...part.map(({ place, reading }) => [place, drop(reading.tokens[i]!)] as const),
          ]);
        });
      }
    });
  }

  clear(): void {
    this.run.cancel();
    this.reading = undefined;
    this.drops = [];
  }
}
