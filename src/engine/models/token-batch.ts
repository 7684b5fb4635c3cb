import { EngineError } from "../errors.ts";
import { maxOf } from "../statistics.ts";

/** Token sequences of one length; the shorter ones are padded at their ends. */
export interface TokenBatch {
  /** [batch × length] */
  readonly ids: Int32Array;
  readonly batch: number;
  /** [batch]: tokens from there on are padding. Nothing is where it is left out. */
  readonly lengths?: Int32Array;
}

/** Numbers as 32-bit integers. @throws EngineError `bad-input` for one that is none: `Int32Array` itself would cut or wrap it silently */
export function toInt32(numbers: readonly number[]): Int32Array {
  const integers = Int32Array.from(numbers);
  const bad = numbers.find((number, i) => number !== integers[i]);
  if (bad !== undefined) throw new EngineError("bad-input", `编号 ${bad} 不是整数，或太大`);
  return integers;
}

/**
 * Pads sequences to the longest of them.
 * @throws EngineError `bad-input` if there is none, or one of them is empty; as `toInt32`
 */
export function padSequences(sequences: readonly (readonly number[])[], paddingId: number): Required<TokenBatch> {
  if (sequences.length === 0 || sequences.some(({ length }) => length === 0)) {
    throw new EngineError("bad-input", "至少要有一个词元");
  }
  const batch = sequences.length;
  const longest = maxOf(sequences.map(({ length }) => length));
  const ids = new Int32Array(batch * longest).fill(paddingId);
  for (const [b, sequence] of sequences.entries()) ids.set(toInt32(sequence), b * longest);
  return { ids, batch, lengths: Int32Array.from(sequences, ({ length }) => length) };
}

/**
 * Checks what a model is about to read.
 * @param longest where the model has a limit
 * @returns tokens per sequence
 * @throws EngineError `bad-input`: empty, too long, ids that are not in the vocabulary, or lengths that do not fit
 */
export function checkBatch(
  { ids, batch, lengths }: TokenBatch,
  vocabularySize: number,
  longest = Number.POSITIVE_INFINITY,
): number {
  const length = ids.length / batch;
  if (!Number.isInteger(batch) || !Number.isInteger(length) || length < 1)
    throw new EngineError("bad-input", "至少要有一个词元");
  if (length > longest) throw new EngineError("bad-input", `有 ${length} 个词元，模型最多读 ${longest} 个`);
  const unknown = ids.find((id) => id < 0 || id >= vocabularySize);
  if (unknown !== undefined) throw new EngineError("bad-input", `词表里没有编号 ${unknown}`);
  if (lengths && (lengths.length !== batch || lengths.some((own) => own < 1 || own > length))) {
    throw new EngineError("bad-input", `序列长度 ${lengths} 应在 1 到 ${length} 之间`);
  }
  return length;
}
