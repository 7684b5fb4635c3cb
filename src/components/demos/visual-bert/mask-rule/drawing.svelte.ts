import { EngineError } from "../../../../engine/errors.ts";
import type { EncodedText } from "../../../../engine/files/tokenizer.ts";
import { type ChosenToken, chooseTokens, type Fate, seenIds } from "../../../../engine/models/bert-masking.ts";
import { Random } from "../../../../engine/random.ts";
import { DemoRun } from "../../../kit/run/demo-run.svelte.ts";
import { bestTokens } from "../../../subjects/sentences/guesses.ts";
import { addScores, NO_SCORE, placeOf, type Score, scoreOf } from "../../../subjects/sentences/score.ts";
import { MASK, UNK } from "../../../subjects/sentences/special-tokens.ts";
import { unknownClause } from "../../../subjects/sentences/unknown.ts";
import { BERT } from "../chapter-models.ts";
import { isWritten } from "../fill-mask/sentence.ts";

/** Draws that are read at once. */
const BATCH = 10;

/** A chosen token and what the model made of it. */
export interface GuessedToken extends ChosenToken {
  /** The likeliest tokens. */
  readonly best: readonly string[];
  /** Where the original stands among all tokens, from 0. */
  readonly rank: number;
}

/** One draw: a text, what became of it, and what the model made of that. */
export interface Draw {
  readonly tokens: readonly string[];
  readonly guessed: readonly GuessedToken[];
  /** What of the text the vocabulary does not have (`unknownClause`). */
  readonly unknown: string;
}

export interface DrawSettings {
  /** Taken in turn. */
  readonly texts: readonly string[];
  readonly share: number;
  readonly seed: number;
}

const EMPTY: Readonly<Record<Fate, Score>> = { masked: NO_SCORE, swapped: NO_SCORE, kept: NO_SCORE };

/** Replays the rule of pre-training, draw after draw, and keeps the score. */
export class RuleReplay {
  readonly run = new DemoRun(BERT);
  /** The latest draw. */
  draw: Draw | undefined = $state.raw();
  draws = $state(0);
  scores: Readonly<Record<Fate, Score>> = $state.raw(EMPTY);
  #key = "";
  #random = new Random(0);

  /** Draws so many times more; with other settings than before the score begins anew. */
  more(times: number, settings: DrawSettings): Promise<void> {
    return this.run.start(async ({ engine, model }) => {
      const { vocabulary, specialIds, contextLength } = model;
      const encoded = await Promise.all(settings.texts.map((text) => engine.encode(BERT, text)));
      for (const { ids } of encoded) checkLength(ids.length, contextLength);
      const key = JSON.stringify(settings);
      if (key !== this.#key) {
        this.clear();
        this.#key = key;
        this.#random = new Random(settings.seed);
      }
      const rule = {
        share: settings.share,
        maskId: vocabulary.indexOf(MASK),
        substitutes: vocabulary.flatMap((_, id) => (specialIds.has(id) ? [] : [id])),
      };
      for (let start = 0; start < times; start += BATCH) {
        const part = Array.from({ length: Math.min(BATCH, times - start) }, (_, i) => {
          const text = encoded[(this.draws + i) % encoded.length]!;
          return { text, chosen: chooseTokens(text.ids, placesOf(text), rule, this.#random) };
        });
        // The lots that these draws took are gone: a run that is ended before it has read them begins anew.
        this.#key = "";
        const readings = await engine.readTexts(
          BERT,
          part.map(({ text, chosen }) => ({
            ids: seenIds(text.ids, chosen),
            segments: text.segments,
            guesses: chosen.map(({ place }) => place),
          })),
        );
        this.#key = key;
        for (const [i, { text, chosen }] of part.entries()) {
          this.#count(
            text,
            chosen.map((token, j) => {
              const logits = readings[i]!.tokens[j]!;
              return { ...token, best: bestTokens(logits, vocabulary, 5), rank: placeOf(logits, [token.original]) };
            }),
          );
        }
      }
    });
  }

  #count({ tokens, unknown }: EncodedText, guessed: readonly GuessedToken[]): void {
    this.draw = { tokens, guessed, unknown: unknownClause(unknown) };
    this.draws++;
    const scores = { ...this.scores };
    for (const { fate, rank } of guessed) scores[fate] = addScores(scores[fate], scoreOf([rank]));
    this.scores = scores;
  }

  clear(): void {
    this.draw = undefined;
    this.draws = 0;
    this.scores = EMPTY;
    this.#key = "";
  }
}

/** Places that may be chosen: where [UNK] stands, nobody knows what is to be guessed. @throws EngineError `bad-input` if there is none */
function placesOf({ tokens }: EncodedText): number[] {
  const places = [...tokens.keys()].filter((place) => isWritten(tokens[place]!) && tokens[place] !== UNK);
  if (places.length === 0) throw new EngineError("bad-input", "请写一句话，至少一个字是词表里有的");
  return places;
}

function checkLength(length: number, longest: number): void {
  if (length > longest) throw new EngineError("bad-input", `这句话有 ${length} 个词元，模型最多读 ${longest} 个`);
}
