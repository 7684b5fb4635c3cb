import type { Backend } from "../backends/backend.ts";
import { ATTENTION_NAMES, watchAttention } from "../nn/attention.ts";
import { applyLinear, type LinearWeights, linearWeights } from "../nn/linear.ts";
import { LSTM_NAMES, type LstmState, type LstmWeights, lstm, lstmWeights } from "../nn/lstm.ts";
import { Watch } from "../nn/watch.ts";
import { type Initialize, WeightBuilder, type WeightSource } from "../nn/weights.ts";
import { normal, uniform } from "../tensor/init.ts";
import { attention } from "../tensor/ops/attention.ts";
import { add, multiply, tanh } from "../tensor/ops/elementwise.ts";
import { embedding } from "../tensor/ops/embedding.ts";
import { linear } from "../tensor/ops/linear.ts";
import { type Parameter, Parameters } from "../tensor/parameters.ts";
import type { Tape, Tensor } from "../tensor/tape.ts";
import { NO_TRACE, type Trace } from "../tensor/trace.ts";
import type { Seq2Seq, SetAttention } from "./seq2seq.ts";
import { checkBatch, type TokenBatch } from "./token-batch.ts";

export interface LstmSeq2SeqConfig {
  readonly sourceVocabularySize: number;
  readonly targetVocabularySize: number;
  readonly embeddingWidth: number;
  /** Width of the hidden states of encoder and decoder. */
  readonly width: number;
  /** Layers of the encoder, and as many of the decoder. */
  readonly layers: number;
  /** Whether the decoder looks back at the encoder's states; it does where this is left out. */
  readonly attention?: boolean;
}

/** How the decoder looks back at the encoder's states. */
interface LookBack {
  readonly query: LinearWeights;
  readonly key: LinearWeights;
  readonly value: LinearWeights;
  /** A linear layer over [context | state], in its two halves; one of them carries the bias. */
  readonly join: { readonly context: LinearWeights; readonly state: Parameter };
}

/** What the encoder read. */
export interface LstmEncoded {
  /** [batch, length, width]: the hidden state at each token of the source. */
  readonly states: Tensor;
  /** After the last token, for every layer: the decoder starts here. */
  readonly final: readonly LstmState[];
  readonly lengths: Int32Array;
}

/**
 * An encoder and a decoder, an LSTM each (Sutskever et al. 2014), with attention (Bahdanau et al. 2015): every state of the decoder looks back at
 * the states of the encoder. Attention has the scaled dot product and Q, K and V of the Transformer; how its result joins the state, tanh of one
 * linear layer over both, is that of Luong et al. (2015). Without attention the encoder's last state is all that the decoder has of the source.
 */
export class LstmSeq2Seq implements Seq2Seq<LstmEncoded> {
  readonly backend: Backend;
  readonly config: LstmSeq2SeqConfig;
  readonly parameters: Parameters;
  readonly traceNames: readonly string[];
  #encoder: { readonly words: Parameter; readonly layers: readonly LstmWeights[] };
  #decoder: { readonly words: Parameter; readonly layers: readonly LstmWeights[] };
  /** Null without attention. */
  #lookBack: LookBack | null;
  #head: LinearWeights;

  /**
   * @param source draws the weights (`newWeights`; PyTorch's initialisation) or has them
   * @throws EngineError `out-of-memory`, and what the source throws
   */
  constructor(backend: Backend, config: LstmSeq2SeqConfig, source: WeightSource) {
    const { sourceVocabularySize, targetVocabularySize, embeddingWidth, width, layers, attention = true } = config;
    this.backend = backend;
    this.config = config;
    this.parameters = new Parameters(backend);
    const weights = new WeightBuilder(this.parameters, source);
    const draw: Initialize = (random, length) => uniform(random, length, 1 / Math.sqrt(width));
    const drawWords: Initialize = (random, length) => normal(random, length, 1);
    const side = (name: string, vocabularySize: number) => ({
      words: weights.take(`${name}.embedding.weight`, [vocabularySize, embeddingWidth], drawWords),
      layers: lstmWeights(weights.at(`${name}.lstm`), layers, embeddingWidth, width, draw),
    });
    const dense = (name: string, columns = width) => linearWeights(weights.at(name), width, columns, draw, draw);
    this.#encoder = side("encoder", sourceVocabularySize);
    this.#decoder = side("decoder", targetVocabularySize);
    const lookBack = (): LookBack => ({
      query: dense("attention.query_layer"),
      key: dense("attention.key_layer"),
      value: dense("attention.value_layer"),
      join: { context: dense("join.context"), state: weights.take("join.state.weight", [width, width], draw) },
    });
    this.#lookBack = attention ? lookBack() : null;
    this.#head = dense("fc", targetVocabularySize);
    const states = this.#encoder.layers.flatMap((_, i) => LSTM_NAMES.map((name) => `lstm.${i}.${name}`));
    const looks = attention ? [...ATTENTION_NAMES.map((name) => `cross_attn.${name}`), "joined"] : [];
    this.traceNames = [
      ...["embed", ...states].map((name) => `encoder.${name}`),
      ...["embed", ...states, ...looks].map((name) => `decoder.${name}`),
    ];
  }

  dispose(): void {
    this.parameters.dispose();
  }

  encode(tape: Tape, source: TokenBatch, trace: Trace = NO_TRACE): LstmEncoded {
    const watch = new Watch(trace).at("encoder");
    const length = checkBatch(source, this.config.sourceVocabularySize);
    const words = embedding(tape, this.#encoder.words, source.ids, [source.batch, length]);
    watch.tensor("embed", words);
    const lengths = source.lengths ?? new Int32Array(source.batch).fill(length);
    const { output, final } = lstm(tape, words, this.#encoder.layers, { lengths, watch: watch.at("lstm") });
    return { states: output, final, lengths };
  }

  // #region decode
  decode(tape: Tape, encoded: LstmEncoded, target: TokenBatch, trace = NO_TRACE, set?: SetAttention): Tensor {
    const watch = new Watch(trace).at("decoder");
    const length = checkBatch(target, this.config.targetVocabularySize);
    const words = embedding(tape, this.#decoder.words, target.ids, [target.batch, length]);
    watch.tensor("embed", words);
    const { output } = lstm(tape, words, this.#decoder.layers, { initial: encoded.final, watch: watch.at("lstm") });
    const said = this.#lookBack ? joinContext(tape, output, encoded, this.#lookBack, watch, set) : output;
    return applyLinear(tape, said, this.#head);
  }
  // #endregion
}

// #region attend
/** What each state of the decoder and what it finds in the encoder's states make together. @returns [batch, length, width] */
function joinContext(
  tape: Tape,
  output: Tensor,
  { states, lengths }: LstmEncoded,
  { query, key, value, join }: LookBack,
  watch: Watch,
  set: SetAttention = new Map(),
): Tensor {
  const q = applyLinear(tape, output, query);
  const k = applyLinear(tape, states, key);
  const v = applyLinear(tape, states, value);
  const options = { batch: lengths.length, heads: 1, causal: false, lengths };
  const own = attention(tape, q, k, v, options);
  const { mixed, pattern } = set.size > 0 ? withSet(tape, own.pattern, v, set) : own;
  watchAttention({ q, k, v, pattern, z: mixed }, options, watch.at("cross_attn"));

  const fromContext = applyLinear(tape, mixed, join.context);
  const joined = tanh(tape, add(tape, fromContext, linear(tape, output, join.state, null, { transposed: true })));
  watch.tensor("joined", joined);
  return joined;
}
// #endregion

// #region set
/** Attention of one sequence, some rows of its pattern replaced by what was set. */
function withSet(tape: Tape, own: Tensor, v: Tensor, set: SetAttention): { mixed: Tensor; pattern: Tensor } {
  const [, , queries = 0, keys = 0] = own.shape;
  const kept = new Float32Array(queries * keys).fill(1);
  const given = new Float32Array(queries * keys);
  for (const [row, weights] of set) {
    // What is set for later tokens has no row yet.
    if (row >= queries) continue;
    kept.fill(0, row * keys, (row + 1) * keys);
    given.set(weights, row * keys);
  }
  const rest = multiply(tape, own, tape.constant(kept, own.shape));
  const pattern = add(tape, rest, tape.constant(given, own.shape));
  const weights = tape.view(pattern, [1, queries, keys]);
  return { pattern, mixed: linear(tape, weights, tape.view(v, [keys, v.shape.at(-1) ?? 0]), null) };
}
// #endregion
