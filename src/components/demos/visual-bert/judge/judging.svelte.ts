import type { UnknownCharacter } from "../../../../engine/files/tokenizer.ts";
import { DemoRun } from "../../../kit/run/demo-run.svelte.ts";
import { MASK } from "../../../subjects/sentences/special-tokens.ts";
import { CLASSIFIER } from "../chapter-models.ts";
import { readHidingOneMore } from "../fill-mask/hiding.ts";
import { type MaskedSentence, maskSentence } from "../fill-mask/sentence.ts";
import { oddsOfGood } from "./opinion.ts";

/** What the classifier makes of a sentence, some of whose tokens may be hidden. */
export interface Judged {
  readonly sentence: MaskedSentence;
  readonly unknown: readonly UnknownCharacter[];
  /** Log-odds of "good", in nats. */
  readonly odds: number;
}

/** Judges a sentence, and then again with each token hidden that is left. */
export class Judging {
  readonly run = new DemoRun(CLASSIFIER);
  judged: Judged | undefined = $state.raw();
  /** Log-odds with a place hidden as well, by place. What is not measured yet is missing. */
  without: ReadonlyMap<number, number> = $state.raw(new Map());

  /** Resolves when everything is measured, or the reader wanted something else. */
  read(text: string, places: readonly number[]): Promise<void> {
    return this.run.start(async (context) => {
      const { engine, model, signal } = context;
      const encoded = await engine.encode(CLASSIFIER, text);
      const maskId = model.vocabulary.indexOf(MASK);
      const sentence = maskSentence(encoded, places, { maskId, longest: model.contextLength });
      const reading = await engine.read(CLASSIFIER, sentence);
      if (signal.aborted) return;
      this.judged = { sentence, unknown: encoded.unknown, odds: oddsOfGood(model, reading) };
      this.without = new Map();
      for await (const part of readHidingOneMore(context, sentence, maskId)) {
        const measured = part.map(({ place, reading }) => [place, oddsOfGood(model, reading)] as const);
        this.without = new Map([...this.without, ...measured]);
      }
    });
  }

  clear(): void {
    this.run.cancel();
    this.judged = undefined;
    this.without = new Map();
  }
}
