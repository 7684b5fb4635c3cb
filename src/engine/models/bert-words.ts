import { wholeOf } from "../backends/storage.ts";
import type { EncodedText } from "../files/tokenizer.ts";
import { Tape } from "../tensor/tape.ts";
import { NO_TRACE } from "../tensor/trace.ts";
import type { Bert } from "./bert.ts";
import { toInt32 } from "./token-batch.ts";

// Points in the space of a text's word embeddings are lists [tokens × width]: what leads there, and what a classifier says there.

/** A text that a classifier reads. */
export type ClassifiedText = Pick<EncodedText, "ids" | "segments">;

/** Rows of the table of word embeddings, [ids.length × width]. @throws EngineError `bad-input` for an id that it does not have */
export async function wordEmbeddings(model: Bert, ids: readonly number[]): Promise<Float32Array> {
  const { backend } = model.parameters;
  const tape = new Tape(backend, "off");
  try {
    // Each a sequence of its own: their number is not held to the context's length.
    const { storage } = model.embed(tape, { ids: toInt32(ids), batch: ids.length });
    const [rows] = await backend.read([wholeOf(storage)]);
    return rows!;
  } finally {
    tape.dispose();
  }
}

/** The mean of all word embeddings, [width]. */
export async function meanWordEmbedding(model: Bert): Promise<Float32Array> {
  const { vocabularySize, width } = model.config;
  const rows = await wordEmbeddings(model, [...Array(vocabularySize).keys()]);
  const sums = new Float64Array(width);
  for (const [i, value] of rows.entries()) sums[i % width]! += value;
  return Float32Array.from(sums, (sum) => sum / vocabularySize);
}

/**
 * The logits of a classifier, [classes], at some points instead of the text's own word embeddings; its places and segments stay.
 * @throws EngineError `bad-input` as `Bert.forward`
 */
export async function classLogitsAt(
  model: Bert,
  { ids, segments }: ClassifiedText,
  points: readonly Float32Array[],
): Promise<Float32Array[]> {
  const { backend } = model.parameters;
  const tape = new Tape(backend, "off");
  try {
    const words = tape.constant(joined(points), [points.length, ids.length, model.config.width]);
    const output = model.forward(tape, repeatedText({ ids, segments }, points.length), NO_TRACE, words);
    const [logits] = await backend.read([wholeOf(model.classLogits(tape, output).storage)]);
    const { classes } = model.heads;
    return points.map((_, i) => logits!.slice(i * classes, (i + 1) * classes));
  } finally {
    tape.dispose();
  }
}

/** A batch that reads one text several times. */
export function repeatedText({ ids, segments }: ClassifiedText, times: number) {
  const repeated = (numbers: readonly number[]) => toInt32(Array.from({ length: times }, () => numbers).flat());
  return { ids: repeated(ids), segments: repeated(segments), batch: times };
}

/** Lists of one length behind each other. */
export function joined(points: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(points.length * (points[0]?.length ?? 0));
  for (const [i, point] of points.entries()) all.set(point, i * point.length);
  return all;
}
