import type { Backend } from "../backends/backend.ts";
import type { TensorView } from "../files/safetensors.ts";
import type { T5Config } from "../files/t5-config.ts";
import { positionBias, type RelativePositions } from "../nn/relative-positions.ts";
import { type T5StackWeights, t5Block, t5BlockNames } from "../nn/t5-block.ts";
import type { Memory } from "../nn/transformer-block.ts";
import { Watch } from "../nn/watch.ts";
import { newWeights, WeightBuilder, type WeightSource } from "../nn/weights.ts";
import type { Random } from "../random.ts";
import { affine } from "../tensor/ops/elementwise.ts";
import { embedding } from "../tensor/ops/embedding.ts";
import { linear } from "../tensor/ops/linear.ts";
import { rmsNorm } from "../tensor/ops/normalization.ts";
import { Parameters } from "../tensor/parameters.ts";
import type { Tape, Tensor } from "../tensor/tape.ts";
import { NO_TRACE, type Trace } from "../tensor/trace.ts";
import type { CheckpointOptions, WeightOptions } from "./model-options.ts";
import type { Seq2Seq } from "./seq2seq.ts";
import { hasTiedHead, type T5Weights, t5Checkpoint, t5Weights } from "./t5-weights.ts";
import { checkBatch, type TokenBatch } from "./token-batch.ts";

/**
 * T5 (Raffel et al. 2020): an encoder and a decoder that turn text into text, without positions of tokens: attention adds a learned bias for
 * the distance between two of them. It trains and infers through the same `encode` and `decode`; decoding over a cache is `T5Tree`'s.
 */
export class T5 implements Seq2Seq<Memory> {
  readonly backend: Backend;
  readonly config: T5Config;
  /** By the names of transformers' `T5ForConditionalGeneration`. */
  readonly parameters: Parameters;
  readonly weights: T5Weights;
  readonly traceNames: readonly string[];

  /** Takes weights from a source. @throws EngineError `out-of-memory`, and what the source throws */
  constructor(
    backend: Backend,
    config: T5Config,
    tiedHead: boolean,
    source: WeightSource,
    { trainable = () => false }: WeightOptions = {},
  ) {
    const { layers, decoderLayers, gated } = config;
    this.backend = backend;
    this.config = config;
    this.parameters = new Parameters(backend);
    this.weights = t5Weights(new WeightBuilder(this.parameters, source, trainable), config, tiedHead);
    const around = (stack: string, blocks: string[]) => [
      `${stack}.embed`,
      `${stack}.rel_pos_bias`,
      ...blocks,
      `${stack}.ln_final.normalized`,
    ];
    this.traceNames = [
      ...around("encoder", t5BlockNames("encoder", layers, { gated })),
      ...around("decoder", t5BlockNames("decoder", decoderLayers, { gated, cross: true })),
      "logits",
    ];
  }

  /**
   * Opens a checkpoint of `T5ForConditionalGeneration` or `MT5ForConditionalGeneration`.
   * @throws EngineError as `takeTensor`; `out-of-memory`
   */
  static open(
    backend: Backend,
    config: T5Config,
    tensors: ReadonlyMap<string, TensorView>,
    { packed, ...options }: CheckpointOptions = {},
  ): T5 {
    const source = t5Checkpoint(tensors, packed ?? options.trainable === undefined);
    return new T5(backend, config, hasTiedHead(tensors), source, options);
  }

  /** A model that knows nothing yet; the same seed gives the same weights. @throws EngineError `out-of-memory` */
  static create(
    backend: Backend,
    config: T5Config,
    tiedHead: boolean,
    random: Random,
    options: WeightOptions = {},
  ): T5 {
    return new T5(backend, config, tiedHead, newWeights(random), options);
  }

  dispose(): void {
    this.parameters.dispose();
  }

  encode(tape: Tape, source: TokenBatch, trace: Trace = NO_TRACE): Memory {
    const watch = new Watch(trace).at("encoder");
    const { lengths } = source;
    const states = this.#run(tape, source, this.weights.encoder, false, null, watch);
    return { states, ...(lengths && { lengths }) };
  }

  decode(tape: Tape, source: Memory, target: TokenBatch, trace: Trace = NO_TRACE): Tensor {
    const watch = new Watch(trace);
    const states = this.#run(tape, target, this.weights.decoder, true, source, watch.at("decoder"));
    const { scaledHead, width } = this.config;
    const read = scaledHead ? affine(tape, states, width ** -0.5) : states;
    const logits = linear(tape, read, this.weights.head, null, { transposed: true });
    watch.tensor("logits", logits);
    return logits;
  }

  // #region run
  #run(
    tape: Tape,
    tokens: TokenBatch,
    { bias: table, blocks, norm }: T5StackWeights,
    causal: boolean,
    memory: Memory | null,
    watch: Watch,
  ): Tensor {
    const { vocabularySize, contextLength, heads, activation, epsilon } = this.config;
    const { batch, ids, lengths } = tokens;
    const length = checkBatch(tokens, vocabularySize, contextLength);
    const bias = positionBias(tape, table, relativePositions(this.config, causal), length, length);
    let x = embedding(tape, this.weights.words, ids, [batch, length]);
    watch.tensor("embed", x);
    watch.tensor("rel_pos_bias", bias, [1, ...bias.shape]);

    const options = { batch, heads, causal, bias, activation, epsilon, ...(lengths && { lengths }) };
    for (const [i, weights] of blocks.entries()) x = t5Block(tape, x, weights, options, watch.at(`${i}`), memory);
    const normal = rmsNorm(tape, x, norm, epsilon);
    watch.tensor("ln_final.normalized", normal);
    return normal;
  }
  // #endregion
}

/** The decoder sees what is before it, and has all its buckets for that. */
export function relativePositions({ buckets, maxDistance }: T5Config, causal: boolean): RelativePositions {
  return { buckets, maxDistance, bothWays: !causal };
}
