import type { Backend } from "../backends/backend.ts";
import type { TokenBatch } from "../models/token-batch.ts";
import { multiHeadAttention } from "../nn/attention.ts";
import { feedForward } from "../nn/feed-forward.ts";
import { applyLayerNorm, type LayerNormWeights, layerNormWeights } from "../nn/layer-norm.ts";
import { linearWeights } from "../nn/linear.ts";
import {
  type TransformerBlockOptions,
  type TransformerBlockWeights,
  transformerBlock,
} from "../nn/transformer-block.ts";
import { Watch } from "../nn/watch.ts";
import { WeightBuilder, type WeightSource } from "../nn/weights.ts";
import { normal, xavierUniform } from "../tensor/init.ts";
import { add } from "../tensor/ops/elementwise.ts";
import { embedding } from "../tensor/ops/embedding.ts";
import { linear } from "../tensor/ops/linear.ts";
import { crossEntropy, weightedSum } from "../tensor/ops/losses.ts";
import { type Parameter, Parameters } from "../tensor/parameters.ts";
import type { Tape, Tensor } from "../tensor/tape.ts";
import { NO_TRACE } from "../tensor/trace.ts";

/** Where layer norm stands: behind each sub-layer and its sum, as in GPT-1, or before each sub-layer, as in GPT-2. */
export type NormPlace = "after" | "before";

export interface NormModelConfig {
  readonly norm: NormPlace;
  readonly vocabularySize: number;
  readonly length: number;
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  /** A token sees none of those behind it, as in every GPT. */
  readonly causal: boolean;
}

const EPSILON = 1e-5;
const UNWATCHED = new Watch(NO_TRACE);

// #region pre-norm
/** A block of GPT-2: each sub-layer reads what was normalised, and what it adds to was not. The other one is `transformerBlock`. */
export function preNormBlock(
  tape: Tape,
  x: Tensor,
  { attention, attentionNorm, feedForward: fed, feedForwardNorm }: TransformerBlockWeights,
  options: TransformerBlockOptions,
): Tensor {
  const { activation, epsilon } = options;
  const normal1 = applyLayerNorm(tape, x, attentionNorm, epsilon);
  const middle = add(tape, x, multiHeadAttention(tape, normal1, normal1, attention, options, UNWATCHED));
  const normal2 = applyLayerNorm(tape, middle, feedForwardNorm, epsilon);
  return add(tape, middle, feedForward(tape, normal2, fed, activation, UNWATCHED));
}
// #endregion

/**
 * A small GPT of either kind. Both have the same weights of the same size, drawn in the same order, so that one seed begins both alike; they differ
 * in where the norms stand, and the one with norms in front has one more at its end.
 */
export class NormModel {
  readonly parameters: Parameters;
  readonly #config: NormModelConfig;
  readonly #tokens: Parameter;
  readonly #positions: Parameter;
  readonly #blocks: readonly TransformerBlockWeights[];
  readonly #last: LayerNormWeights | null;

  /** @throws EngineError `out-of-memory`, and what the source throws */
  constructor(backend: Backend, config: NormModelConfig, source: WeightSource) {
    const { norm, vocabularySize, length, layers, width } = config;
    this.#config = config;
    this.parameters = new Parameters(backend);
    const weights = new WeightBuilder(this.parameters, source);
    // A head that is the table of embeddings begins with logits of a size of 1.
    const table = (name: string, rows: number): Parameter =>
      weights.take(name, [rows, width], (random, count) => normal(random, count, 1 / Math.sqrt(width)));
    this.#tokens = table("tokens", vocabularySize);
    this.#positions = table("positions", length);
    this.#blocks = Array.from({ length: layers }, (_, i) => blockWeights(weights.at(`blocks.${i}`), width));
    this.#last = norm === "before" ? layerNormWeights(weights.at("last"), width) : null;
  }

  /** The parameters of a block, counted from 0. */
  ofBlock(block: number) {
    return this.parameters.trainable().filter(({ name }) => name.startsWith(`blocks.${block}.`));
  }

  /** Next-token logits. @returns [batch × length, vocabularySize] */
  logits(tape: Tape, { ids, batch }: TokenBatch): Tensor {
    const { norm, heads, causal } = this.#config;
    const length = ids.length / batch;
    const places = ids.map((_, i) => i % length);
    const tokens = embedding(tape, this.#tokens, ids, [batch, length]);
    let x = add(tape, tokens, embedding(tape, this.#positions, places, [batch, length]));
    const options = { batch, heads, causal, activation: "geluTanh", epsilon: EPSILON } as const;
    for (const weights of this.#blocks) {
      x =
        norm === "before"
          ? preNormBlock(tape, x, weights, options)
          : transformerBlock(tape, x, weights, options, UNWATCHED);
    }
    if (this.#last) x = applyLayerNorm(tape, x, this.#last, EPSILON);
    return linear(tape, x, this.#tokens, null, { transposed: true });
  }

  /** The mean cross-entropy of the targets, one for each token. */
  loss(tape: Tape, batch: TokenBatch, targets: Int32Array): Tensor {
    const losses = crossEntropy(tape, this.logits(tape, batch), targets);
    return weightedSum(tape, losses, new Float32Array(targets.length).fill(1 / targets.length));
  }
}

function blockWeights(weights: WeightBuilder, width: number): TransformerBlockWeights {
  const matrix = (name: string, inner: number, columns: number) =>
    linearWeights(weights.at(name), inner, columns, (random, length) => xavierUniform(random, length / inner, inner));
  return {
    attention: {
      query: matrix("query", width, width),
      key: matrix("key", width, width),
      value: matrix("value", width, width),
      output: matrix("output", width, width),
    },
    attentionNorm: layerNormWeights(weights.at("attentionNorm"), width),
    cross: null,
    feedForward: { expand: matrix("expand", width, 4 * width), contract: matrix("contract", 4 * width, width) },
    feedForwardNorm: layerNormWeights(weights.at("feedForwardNorm"), width),
  };
}
