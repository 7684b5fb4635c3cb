import { occlusions } from "../../../../engine/analysis/occlusion.ts";
import { logSoftmax } from "../../../../engine/decoding/softmax.ts";
import { topIndices } from "../../../../engine/decoding/top-indices.ts";
import { EngineError } from "../../../../engine/errors.ts";
import type { EncodedText, UnknownCharacter } from "../../../../engine/files/tokenizer.ts";
import type { TextToRead } from "../../../../engine/models/bert-reading.ts";
import { maxOf } from "../../../../engine/statistics.ts";
import { type ColorScale, signedScale } from "../../../figures/colors.ts";
import type { CardToken } from "../../../figures/token-cards.ts";
import { CLS, MASK, SEP } from "../../../subjects/sentences/special-tokens.ts";

/** A sentence of which some tokens are hidden from the model. */
export interface MaskedSentence extends TextToRead {
  /** What the reader wrote, token by token, [CLS] and [SEP] included. */
  readonly written: readonly string[];
  /** What stood at each place; null where the reader wrote [MASK] himself. */
  readonly originals: readonly (number | null)[];
  /** The hidden places, in order. */
  readonly guesses: readonly number[];
}

/** Whether a token stands for something that was written, so that it can be hidden. */
export function isWritten(token: string): boolean {
  return token !== CLS && token !== SEP && token !== MASK;
}

/**
 * Hides tokens of a sentence. Places that it does not have are passed over: they may come from an old link.
 * @throws EngineError `bad-input` if it is empty, or longer than the model can read
 */
export function maskSentence(
  { ids, segments, tokens }: EncodedText,
  wanted: readonly number[],
  { maskId, longest }: { readonly maskId: number; readonly longest: number },
): MaskedSentence {
  if (!tokens.some((token) => isWritten(token) || token === MASK)) {
    throw new EngineError("bad-input", "请写一句话，至少一个字");
  }
  if (ids.length > longest) {
    throw new EngineError("bad-input", `这句话有 ${ids.length} 个词元，模型最多读 ${longest} 个`);
  }
  const hidden = (place: number): boolean =>
    tokens[place] === MASK || (wanted.includes(place) && isWritten(tokens[place] ?? MASK));
  return {
    ids: ids.map((id, place) => (hidden(place) ? maskId : id)),
    segments,
    written: tokens,
    originals: ids.map((id, place) => (tokens[place] === MASK ? null : id)),
    guesses: [...ids.keys()].filter(hidden),
  };
}

/** The same sentence with one token more hidden, for every token that is left. */
export function hideOneMore(
  sentence: MaskedSentence,
  maskId: number,
): { readonly place: number; readonly text: TextToRead }[] {
  const { ids, written, guesses } = sentence;
  const places = [...ids.keys()].filter((place) => isWritten(written[place] ?? MASK) && !guesses.includes(place));
  return occlusions(sentence, places, maskId).map((text, i) => ({ place: places[i]!, text }));
}

/** The token whose probability is watched at a hidden place: what stood there, or else what the model thinks likeliest. */
export function watchedToken(logits: Float32Array, original: number | null): number {
  return original ?? topIndices(logits, 1)[0]?.index ?? 0;
}

/**
 * How much less likely a token becomes: ln p with all that is left of the sentence − ln p with one token more hidden, in nats.
 * Positive where that token helps.
 */
export function dropOf(before: Float32Array, after: Float32Array, token: number): number {
  return (logSoftmax(before)[token] ?? 0) - (logSoftmax(after)[token] ?? 0);
}

/** A sentence as cards: hidden tokens as gaps, and what the vocabulary does not have as it was written. */
export function cardsOf({ written, guesses }: MaskedSentence, unknown: readonly UnknownCharacter[]): CardToken[] {
  const chars = new Map(unknown.map(({ index, char }) => [index, char]));
  return written.map((token, place) => {
    if (!isWritten(token)) return { text: token, special: true, fixed: true };
    const char = chars.get(place);
    const hidden = guesses.includes(place);
    const name = char === undefined ? token : `${char}，词表里没有`;
    return {
      text: hidden ? "▢" : (char ?? token.replace(/^##/, "")),
      name: hidden ? `${name}，遮住了` : name,
      doubtful: char !== undefined,
      ...(char !== undefined && { note: `词表里没有「${char}」，模型读到的是 [UNK]` }),
    };
  });
}

/** Below this many nats a drop is noise: it gets no full colour, however small the others are. */
const LEAST_SCALE = 0.5;

/** The scale for drops, in nats: the largest has the full colour. */
export function dropScale(drops: Iterable<number>): ColorScale {
  return signedScale(Math.max(LEAST_SCALE, maxOf([...drops].map(Math.abs))));
}
