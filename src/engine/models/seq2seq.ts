import type { Backend } from "../backends/backend.ts";
import { meanCrossEntropy } from "../nn/loss.ts";
import { indexOfLargest, maxOf } from "../statistics.ts";
import { Tape, type Tensor } from "../tensor/tape.ts";
import { type HostTensor, NO_TRACE, Trace } from "../tensor/trace.ts";
import type { TokenBatch } from "./token-batch.ts";

/**
 * Attention over the source that somebody has set: what the decoder's token at a place (0 is the start) gives to each token of the source. Every
 * other token looks where it would.
 */
export type SetAttention = ReadonlyMap<number, Float32Array>;

/**
 * A model that reads a source and writes a target: an encoder and a decoder (Sutskever et al. 2014).
 *
 * @typeParam Encoded what the encoder hands to the decoder
 */
export interface Seq2Seq<Encoded> {
  readonly backend: Backend;
  /** Every name that a trace may ask for; those of the encoder and of the decoder. */
  readonly traceNames: readonly string[];
  /** @throws EngineError `bad-input` */
  encode(tape: Tape, source: TokenBatch, trace?: Trace): Encoded;
  /**
   * The decoder over the targets so far, from the start token on.
   * @param target as many sequences as the source has
   * @param attention instead of the model's own, of one sequence; only the LSTM with attention takes any
   * @returns [batch, length, vocabularySize], the logits of the token after each
   * @throws EngineError `bad-input`
   */
  decode(tape: Tape, source: Encoded, target: TokenBatch, trace?: Trace, attention?: SetAttention): Tensor;
}

/** Pairs to learn from. */
export interface Seq2SeqBatch {
  readonly source: TokenBatch;
  /** What the decoder reads: the start token and the target but for its last token ("teacher forcing"). */
  readonly inputs: TokenBatch;
  /** [batch × length]: what it should say, the token after each of its inputs; negative where nothing follows. */
  readonly targets: Int32Array;
}

/** Mean cross-entropy of the next token, [1], in nats. @throws EngineError `bad-input` */
export function seq2SeqLoss<Encoded>(model: Seq2Seq<Encoded>, tape: Tape, batch: Seq2SeqBatch): Tensor {
  const encoded = model.encode(tape, batch.source);
  return meanCrossEntropy(tape, model.decode(tape, encoded, batch.inputs), batch.targets);
}

export interface GreedyOptions {
  readonly startId: number;
  readonly endId: number;
  /** Most tokens to write. */
  readonly maxTokens: number;
  /** Intermediates of the encoder, and of the decoder over all that it has written. */
  readonly trace?: readonly string[];
  /** Tokens that somebody has written instead of the model, by their places behind the start. */
  readonly forced?: ReadonlyMap<number, number>;
  /** As of `decode`, of a single source. */
  readonly attention?: SetAttention;
  /** Awaited before each token, so that others have their turn. */
  readonly between?: () => Promise<void>;
}

export interface Translation {
  /** For each source: the tokens, without the start and the end. */
  readonly sequences: number[][];
  /** For each source: what the model gave to each of its tokens, and to the end if it came. */
  readonly probabilities: number[][];
  readonly traces: ReadonlyMap<string, HostTensor>;
}

// #region greedy
/**
 * Writes the likeliest token, then the likeliest after it, until every sequence has ended. Each step runs the decoder over all that was
 * written so far: plain, and fast enough for a few dozen tokens.
 *
 * @throws EngineError `bad-input`; `device-lost`
 */
export async function translateGreedily<Encoded>(
  model: Seq2Seq<Encoded>,
  source: TokenBatch,
  { startId, endId, maxTokens, trace: wanted = [], forced, attention, between }: GreedyOptions,
): Promise<Translation> {
  const written = Array.from({ length: source.batch }, () => [startId]);
  const probabilities = written.map((): number[] => []);
  const hasEnded = (ids: readonly number[]) => ids.indexOf(endId, 1) > 0;
  const trace = new Trace(wanted, model.traceNames);
  const tape = new Tape(model.backend, "off");
  try {
    const encoded = model.encode(tape, source, trace);
    for (let step = 0; step < maxTokens && !written.every(hasEnded); step++) {
      await between?.();
      const logits = await nextLogits(model, encoded, written, attention);
      for (const [i, ids] of written.entries()) {
        // Behind its end a sequence is padded until the others have ended, too.
        const ended = hasEnded(ids);
        const id = ended ? endId : (forced?.get(step) ?? indexOfLargest(logits[i]!));
        ids.push(id);
        if (!ended) probabilities[i]!.push(probabilityOf(logits[i]!, id));
      }
    }
    if (wanted.length > 0) model.decode(tape, encoded, asBatch(written), trace, attention);
    const traces = trace.tensors(await model.backend.read(trace.spans));
    return {
      sequences: written.map((ids) => ids.slice(1, hasEnded(ids) ? ids.indexOf(endId, 1) : ids.length)),
      probabilities,
      traces,
    };
  } finally {
    tape.dispose();
  }
}
// #endregion

/** The logits of the token that follows each sequence. */
async function nextLogits<Encoded>(
  model: Seq2Seq<Encoded>,
  encoded: Encoded,
  written: readonly (readonly number[])[],
  attention: SetAttention | undefined,
): Promise<Float32Array[]> {
  const tape = new Tape(model.backend, "off");
  try {
    const { storage, shape } = model.decode(tape, encoded, asBatch(written), NO_TRACE, attention);
    const [, steps = 0, size = 0] = shape;
    return await model.backend.read(
      written.map((_, i) => ({ storage, offset: (i * steps + steps - 1) * size, length: size })),
    );
  } finally {
    tape.dispose();
  }
}

/** Of a token under the softmax of logits. */
function probabilityOf(logits: Float32Array, id: number): number {
  const largest = maxOf(logits);
  const total = logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0);
  return Math.exp(logits[id]! - largest) / total;
}

function asBatch(sequences: readonly (readonly number[])[]): TokenBatch {
  return { ids: Int32Array.from(sequences.flat()), batch: sequences.length };
}
