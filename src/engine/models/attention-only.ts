import type { Backend } from "../backends/backend.ts";
import { type AttentionWeights, multiHeadAttention } from "../nn/attention.ts";
import { applyLayerNorm, type LayerNormWeights, layerNormWeights } from "../nn/layer-norm.ts";
import { linearWeights } from "../nn/linear.ts";
import { Watch } from "../nn/watch.ts";
import { type Initialize, WeightBuilder, type WeightSource } from "../nn/weights.ts";
import { normal } from "../tensor/init.ts";
import { add } from "../tensor/ops/elementwise.ts";
import { embedding } from "../tensor/ops/embedding.ts";
import { linear } from "../tensor/ops/linear.ts";
import { type Parameter, Parameters } from "../tensor/parameters.ts";
import type { Tape, Tensor } from "../tensor/tape.ts";
import { NO_TRACE, type Trace } from "../tensor/trace.ts";
import { checkBatch, type TokenBatch } from "./token-batch.ts";

export interface AttentionOnlyConfig {
  readonly vocabularySize: number;
  /** Longest sequence, in tokens. */
  readonly contextLength: number;
  readonly width: number;
  readonly layers: number;
  /** Per layer; a head is `width / heads` wide. */
  readonly heads: number;
}

interface Layer {
  readonly norm: LayerNormWeights;
  readonly attention: AttentionWeights;
}

const EPSILON = 1e-5;
/** Of the head: at first every token is about as likely as any other. */
const DEVIATION = 0.02;

/**
 * A GPT without its MLPs: embeddings, layers of attention that add to the residual stream, a head. What it can do, attention does, and in two
 * layers one may read what the other has written (Elhage et al. 2021).
 */
export class AttentionOnly {
  readonly config: AttentionOnlyConfig;
  readonly parameters: Parameters;
  /** Every name that a trace may ask for. */
  readonly traceNames: readonly string[];
  readonly #tokens: Parameter;
  readonly #positions: Parameter;
  readonly #layers: readonly Layer[];
  readonly #normFinal: LayerNormWeights;
  readonly #head: Parameter;

  /** @throws EngineError `out-of-memory` */
  constructor(backend: Backend, config: AttentionOnlyConfig, source: WeightSource) {
    const { vocabularySize, contextLength, width, layers } = config;
    this.config = config;
    this.parameters = new Parameters(backend);
    this.traceNames = Array.from({ length: layers }, (_, layer) => `blocks.${layer}.attn.pattern`);
    const weights = new WeightBuilder(this.parameters, source);
    // Tokens and places begin as far from each other as the layer norm makes them: what tells them apart need not be learnt.
    const unit: Initialize = (random, length) => normal(random, length, 1);
    const fan: Initialize = (random, length) => normal(random, length, 1 / Math.sqrt(width));
    this.#tokens = weights.take("embed", [vocabularySize, width], unit);
    this.#positions = weights.take("pos_embed", [contextLength, width], unit);
    this.#layers = Array.from({ length: layers }, (_, i) => {
      const part = weights.at(`blocks.${i}`);
      const square = (name: string) => linearWeights(part.at(name), width, width, fan);
      return {
        norm: layerNormWeights(part.at("ln"), width),
        attention: { query: square("query"), key: square("key"), value: square("value"), output: square("output") },
      };
    });
    this.#normFinal = layerNormWeights(weights.at("ln_final"), width);
    this.#head = weights.take("unembed", [vocabularySize, width], (random, length) =>
      normal(random, length, DEVIATION),
    );
  }

  // #region attention-only
  /** Next-token logits at every place. @returns [batch, length, vocabularySize] @throws EngineError `bad-input` */
  logits(tape: Tape, tokens: TokenBatch, trace: Trace = NO_TRACE): Tensor {
    const { vocabularySize, contextLength, heads } = this.config;
    const { ids, batch } = tokens;
    const length = checkBatch(tokens, vocabularySize, contextLength);
    const places = ids.map((_, i) => i % length);
    const options = { batch, heads, causal: true };
    const watch = new Watch(trace);
    let residual = add(
      tape,
      embedding(tape, this.#tokens, ids, [batch, length]),
      embedding(tape, this.#positions, places, [batch, length]),
    );
    for (const [i, { norm, attention }] of this.#layers.entries()) {
      const x = applyLayerNorm(tape, residual, norm, EPSILON);
      residual = add(tape, residual, multiHeadAttention(tape, x, x, attention, options, watch.at(`blocks.${i}.attn`)));
    }
    const last = applyLayerNorm(tape, residual, this.#normFinal, EPSILON);
    return linear(tape, last, this.#head, null, { transposed: true });
  }
  // #endregion

  dispose(): void {
    this.parameters.dispose();
  }
}
