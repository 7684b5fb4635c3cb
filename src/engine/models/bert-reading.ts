import { wholeOf } from "../backends/storage.ts";
import { EngineError } from "../errors.ts";
import type { EncodedText } from "../files/tokenizer.ts";
import { Tape } from "../tensor/tape.ts";
import { type HostTensor, Trace } from "../tensor/trace.ts";
import type { Bert } from "./bert.ts";
import { padSequences, toInt32 } from "./token-batch.ts";

/** A text to read, and what to guess in it. */
export interface TextToRead extends Pick<EncodedText, "ids" | "segments"> {
  /** Places whose tokens are to be guessed: where the text has `[MASK]`, or anywhere else. */
  readonly guesses?: readonly number[];
}

export interface BatchOptions {
  /** Names of intermediates to return, TransformerLens style, `*` for one part: `["blocks.*.attn.pattern"]`. */
  readonly trace?: readonly string[];
}

export type ReadingOptions = BatchOptions & Pick<TextToRead, "guesses">;

/** What a BERT makes of a text, as far as it has the heads for it. */
export interface Reading {
  /** Logits over the vocabulary, one array for each of `guesses`; none without a masked-LM head. */
  readonly tokens: readonly Float32Array[];
  /** Logits of "the second sentence follows the first" and "it does not". */
  readonly nextSentence: Float32Array | null;
  /** Logits of the classes. */
  readonly classes: Float32Array | null;
  /** Without the axis of the batch, and without padding. */
  readonly traces: ReadonlyMap<string, HostTensor>;
}

/** Runs one text, or a pair, through all heads of the model, with one read-back. @throws EngineError `bad-input` */
export async function readText(
  model: Bert,
  text: Pick<EncodedText, "ids" | "segments">,
  { guesses = [], ...options }: ReadingOptions = {},
): Promise<Reading> {
  const [reading] = await readTexts(model, [{ ...text, guesses }], options);
  return reading!;
}

/**
 * Runs several texts, or pairs, through all heads of the model at once, with one read-back. The shorter ones are padded meanwhile; each
 * reading is what `readText` gives, up to rounding.
 *
 * @throws EngineError `bad-input`
 */
export async function readTexts(
  model: Bert,
  texts: readonly TextToRead[],
  { trace: names = [] }: BatchOptions = {},
): Promise<Reading[]> {
  const { backend } = model.parameters;
  const tape = new Tape(backend, "off");
  const trace = new Trace(names, model.traceNames);
  try {
    const { lengths, ...padded } = padSequences(
      texts.map(({ ids }) => ids),
      0,
    );
    const length = padded.ids.length / padded.batch;
    const segments = new Int32Array(padded.ids.length);
    for (const [b, text] of texts.entries()) {
      if (text.segments.length !== text.ids.length) throw new EngineError("bad-input", "每个词元要有一个段号");
      segments.set(toInt32(text.segments), b * length);
    }
    // Where nothing is padded, nothing has to be masked.
    const ragged = lengths.some((own) => own < length);
    const output = model.forward(tape, { ...padded, segments, ...(ragged && { lengths }) }, trace);

    const { maskedLm, nextSentence, classes } = model.heads;
    const rows = texts.map(({ guesses = [] }, b) =>
      maskedLm ? guesses.map((at) => rowOf(at, b, lengths, length)) : [],
    );
    const asked = rows.flat();
    const tokens = asked.length > 0 ? model.tokenLogits(tape, output, toInt32(asked)) : null;
    const follows = nextSentence ? model.nextSentenceLogits(tape, output) : null;
    const classLogits = classes > 0 ? model.classLogits(tape, output) : null;

    const heads = [tokens, follows, classLogits].filter((head) => head !== null);
    const spans = heads.map(({ storage }) => wholeOf(storage));
    const data = await backend.read([...spans, ...trace.spans]);
    const logits = (head: typeof tokens): Float32Array | undefined => (head ? data[heads.indexOf(head)] : undefined);
    const traces = trace.tensors(data.slice(heads.length));
    const size = model.config.vocabularySize;
    let row = 0;
    return texts.map((_, b) => ({
      tokens: rows[b]!.map(() => logits(tokens)!.slice(row * size, ++row * size)),
      nextSentence: logits(follows)?.slice(2 * b, 2 * b + 2) ?? null,
      classes: logits(classLogits)?.slice(classes * b, classes * (b + 1)) ?? null,
      traces: new Map([...traces].map(([name, tensor]) => [name, ofOneText(name, tensor, b, lengths[b]!)])),
    }));
  } finally {
    tape.dispose();
  }
}

/** A place of one text, counted through the batch. */
function rowOf(place: number, text: number, lengths: Int32Array, length: number): number {
  if (place >= 0 && place < lengths[text]!) return text * length + place;
  throw new EngineError("bad-input", `位置 ${place} 上没有词元，应在 0 到 ${lengths[text]! - 1} 之间`);
}

/** The part of a batch's tensor that belongs to one of its texts, without padding. */
function ofOneText(name: string, { shape, data }: HostTensor, text: number, length: number): HostTensor {
  const [, ...own] = shape;
  const size = own.reduce((product, axis) => product * axis, 1);
  const all = data.subarray(text * size, (text + 1) * size);
  // [heads, queries, keys] of an attention; [tokens, …] of everything else, except of what stands for the whole text.
  if (/\.(pattern|scores)$/.test(name)) {
    const [heads = 0, queries = 0, keys = 0] = own;
    const cropped = new Float32Array(heads * length * length);
    for (let row = 0; row < heads * length; row++) {
      const start = (Math.floor(row / length) * queries + (row % length)) * keys;
      cropped.set(all.subarray(start, start + length), row * length);
    }
    return { shape: [heads, length, length], data: cropped };
  }
  if (name === "pooler_out") return { shape: own, data: all.slice() };
  const [, ...rest] = own;
  return { shape: [length, ...rest], data: all.slice(0, (size / own[0]!) * length) };
}
