import { EngineError } from "../../../../engine/errors.ts";
import type { EncodedText } from "../../../../engine/files/tokenizer.ts";
import { type ChosenToken, chooseTokens, type Fate, seenIds } from "../../../../engine/models/bert-masking.ts";
import type { Random } from "../../../../engine/random.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { bestTokens } from "../../../subjects/sentences/guesses.ts";
import { addScores, NO_SCORE, placeOf, type Score, scoreOf } from "../../../subjects/sentences/score.ts";
import { MASK, UNK } from "../../../subjects/sentences/special-tokens.ts";
import { unknownClause } from "../../../subjects/sentences/unknown.ts";
import { isWritten } from "../fill-mask/sentence.ts";

/** Draws that are read at once. */
const BATCH = 10;

/** A chosen token and what the model made of it. */
export interface GuessedToken extends ChosenToken {
  /** What the model saw in its place. */
  readonly sight: string;
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

/** Draws so far: the latest, and the score. */
export interface Drawn {
  /** Undefined before the first. */
  readonly draw: Draw | undefined;
  readonly draws: number;
  readonly scores: Readonly<Record<Fate, Score>>;
}

export const NOTHING_DRAWN: Drawn = {
  draw: undefined,
  draws: 0,
  scores: { masked: NO_SCORE, swapped: NO_SCORE, kept: NO_SCORE },
};

/** Draws by the rule of pre-training, and lets the model guess: some draws at a time, each added to those before. @throws EngineError `bad-input` */
export async function* drawMore(
  { engine, model }: WorkContext,
  before: Drawn,
  { texts, share, times }: DrawSettings & { readonly times: number },
  random: Random,
): AsyncGenerator<Drawn, void, undefined> {
  const { id, vocabulary, specialIds, contextLength } = model;
  const encoded = await Promise.all(texts.map((text) => engine.encode(id, text)));
  for (const { ids } of encoded) checkLength(ids.length, contextLength);
  const rule = {
    share,
    maskId: vocabulary.indexOf(MASK),
    substitutes: vocabulary.flatMap((_, token) => (specialIds.has(token) ? [] : [token])),
  };
  let drawn = before;
  for (let start = 0; start < times; start += BATCH) {
    const part = Array.from({ length: Math.min(BATCH, times - start) }, (_, i) => {
      const text = encoded[(drawn.draws + i) % encoded.length]!;
      return { text, chosen: chooseTokens(text.ids, placesOf(text), rule, random) };
    });
    const readings = await engine.readTexts(
      id,
      part.map(({ text, chosen }) => ({
        ids: seenIds(text.ids, chosen),
        segments: text.segments,
        guesses: chosen.map(({ place }) => place),
      })),
    );
    for (const [i, { text, chosen }] of part.entries()) {
      const guessed = chosen.map((token, j) => {
        const logits = readings[i]!.tokens[j]!;
        const sight = vocabulary[token.seen] ?? "";
        return { ...token, sight, best: bestTokens(logits, vocabulary, 5), rank: placeOf(logits, [token.original]) };
      });
      drawn = withDraw(drawn, text, guessed);
    }
    yield drawn;
  }
}

function withDraw({ draws, scores }: Drawn, { tokens, unknown }: EncodedText, guessed: readonly GuessedToken[]): Drawn {
  const counted = { ...scores };
  for (const { fate, rank } of guessed) counted[fate] = addScores(counted[fate], scoreOf([rank]));
  return { draw: { tokens, guessed, unknown: unknownClause(unknown) }, draws: draws + 1, scores: counted };
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
