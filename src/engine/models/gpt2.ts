import type { Backend } from "../backends/backend.ts";
import { type Storage, wholeOf } from "../backends/storage.ts";
import { EngineError } from "../errors.ts";
import { type Gpt2Config, scoreDivisor } from "../files/config.ts";
import type { TensorView } from "../files/safetensors.ts";
import { newWeights, WeightBuilder, type WeightSource } from "../nn/weights.ts";
import type { Random } from "../random.ts";
import { Parameters } from "../tensor/parameters.ts";
import { Scope } from "../tensor/scope.ts";
import { sizeOf } from "../tensor/tape.ts";
import type { HostTensor, Trace } from "../tensor/trace.ts";
import type { Batch, LayerCache } from "./gpt2-batch.ts";
import { FusedWatch, gpt2TraceNames } from "./gpt2-trace.ts";
import { type Conv1dWeights, type Gpt2Weights, gpt2Checkpoint, gpt2Weights } from "./gpt2-weights.ts";
import type { CheckpointOptions, WeightOptions } from "./model-options.ts";

/**
 * GPT-2 (Radford et al. 2019): a decoder-only Transformer with learned positions and layer norm before each sub-layer. It holds the
 * weights and records forward passes for decoding; the KV cache belongs to the caller (`Gpt2Tree`). Training and gradients go through the same
 * weights by the operations of the tape (`gpt2-plain.ts`).
 */
export class Gpt2 {
  readonly backend: Backend;
  readonly config: Gpt2Config;
  /** All weights, by the names of transformers' `GPT2LMHeadModel`. */
  readonly parameters: Parameters;
  readonly weights: Gpt2Weights;
  /** Every name that a trace may ask for. */
  readonly traceNames: readonly string[];

  /** Takes weights from a source. @throws EngineError `out-of-memory`, and what the source throws */
  constructor(
    backend: Backend,
    config: Gpt2Config,
    source: WeightSource,
    { trainable = () => false }: WeightOptions = {},
  ) {
    this.backend = backend;
    this.config = config;
    this.traceNames = gpt2TraceNames(config);
    this.parameters = new Parameters(backend);
    this.weights = gpt2Weights(new WeightBuilder(this.parameters, source, trainable), config);
  }

  /**
   * Opens a checkpoint of `GPT2LMHeadModel` or `GPT2Model`.
   * @throws EngineError as `takeTensor`; `out-of-memory`
   */
  static open(
    backend: Backend,
    config: Gpt2Config,
    tensors: ReadonlyMap<string, TensorView>,
    { packed, ...options }: CheckpointOptions = {},
  ): Gpt2 {
    const source = gpt2Checkpoint(config, tensors, packed ?? options.trainable === undefined);
    return new Gpt2(backend, config, source, options);
  }

  /** A model that knows nothing yet; the same seed gives the same weights. @throws EngineError `out-of-memory` */
  static create(backend: Backend, config: Gpt2Config, random: Random, options: WeightOptions = {}): Gpt2 {
    return new Gpt2(backend, config, newWeights(random), options);
  }

  dispose(): void {
    this.parameters.dispose();
  }

  // #region forward
  /**
   * Records one forward pass and returns the logits of the wanted rows, [wanted × vocabularySize], in `scope`. The new keys and values
   * go to `caches` first, so that a token sees itself and the tokens of its own batch that lie on its path.
   */
  forward(scope: Scope, caches: readonly LayerCache[], batch: Batch, trace: Trace): Storage {
    const { backend, weights } = this;
    const { width, innerWidth, heads, activation, epsilon } = this.config;
    const watch = new FusedWatch(scope, trace, batch, this.config);
    const tokens = batch.ids.length;
    const { pathStride, positions, wanted } = batch;
    const slots = scope.upload(batch.slots);
    const paths = scope.upload(batch.paths);
    const spans = scope.upload(batch.spans);

    let residual = scope.alloc(tokens * width);
    let mixed = scope.alloc(tokens * width);
    const normal = scope.alloc(tokens * width);
    const qkv = scope.alloc(tokens * 3 * width);
    const pattern = scope.alloc(tokens * heads * pathStride);
    const hidden = scope.alloc(tokens * innerWidth);
    let rows = tokens;
    const linear = (out: Storage, x: Storage, { weight, bias }: Conv1dWeights, accumulate = false): void => {
      const [inner = 0, columns = 0] = weight.shape;
      backend.linear(out, x, weight.storage, bias.storage, { rows, inner, columns, accumulate });
    };

    backend.gather(residual, weights.tokens.storage, scope.upload(batch.ids), tokens, width);
    watch.rows("embed", residual, width);
    if (positions) {
      const table = weights.positions.storage;
      const places = scope.upload(positions);
      watch.aside("pos_embed", width, (out) => backend.gather(out, table, places, tokens, width));
      backend.gather(residual, table, places, tokens, width, true);
    } else {
      watch.aside("pos_embed", width, (out) => backend.fill(out, 0, tokens * width));
    }

    for (const [i, block] of weights.blocks.entries()) {
      const cache = caches[i];
      if (!cache) throw new EngineError("internal", `no cache for layer ${i}`);
      const name = `blocks.${i}`;
      const scale = 1 / scoreDivisor(this.config, i + 1);

      watch.rows(`${name}.resid_pre`, residual, width);
      watch.scale(`${name}.ln1.scale`, residual);
      backend.layerNorm(normal, residual, block.ln1.gain.storage, block.ln1.bias.storage, tokens, width, epsilon);
      watch.rows(`${name}.ln1.normalized`, normal, width);
      linear(qkv, normal, block.qkv);
      backend.storeKeyValues(cache.keys, cache.values, qkv, slots, tokens, width);
      backend.attention(mixed, pattern, qkv, cache.keys, cache.values, paths, spans, {
        tokens,
        heads,
        headWidth: width / heads,
        pathStride,
        scale,
      });
      watch.attention(name, qkv, cache, pattern, mixed, scale);
      if (wanted && i === weights.blocks.length - 1) {
        // Behind the last attention no token sees another: only those go on whose logits are wanted.
        const indices = scope.upload(wanted);
        const only = (all: Storage): Storage => {
          const some = scope.alloc(wanted.length * width);
          backend.gather(some, all, indices, wanted.length, width);
          return some;
        };
        mixed = only(mixed);
        residual = only(residual);
        rows = wanted.length;
      }
      watch.aside(`${name}.attn_out`, width, (out) => linear(out, mixed, block.project));
      linear(residual, mixed, block.project, true);

      watch.rows(`${name}.resid_mid`, residual, width);
      watch.scale(`${name}.ln2.scale`, residual);
      backend.layerNorm(normal, residual, block.ln2.gain.storage, block.ln2.bias.storage, rows, width, epsilon);
      watch.rows(`${name}.ln2.normalized`, normal, width);
      linear(hidden, normal, block.expand);
      watch.rows(`${name}.mlp.pre`, hidden, innerWidth);
      backend.map(activation, hidden, hidden, rows * innerWidth);
      watch.rows(`${name}.mlp.post`, hidden, innerWidth);
      watch.aside(`${name}.mlp_out`, width, (out) => linear(out, hidden, block.contract));
      linear(residual, hidden, block.contract, true);
      watch.rows(`${name}.resid_post`, residual, width);
    }

    return this.#unembed(scope, residual, rows, watch);
  }
  // #endregion

  // #region logit-lens
  /**
   * What the model would predict if it ended at some point of the residual stream: the final layer norm and the head, applied there (the
   * "logit lens", nostalgebraist 2020).
   *
   * @param residual [..., width]: `resid_pre`, `resid_mid` or `resid_post` of any block
   * @returns [..., vocabularySize]
   * @throws EngineError `bad-input` if it is no part of this model's residual stream
   */
  async logitLens({ shape, data }: HostTensor): Promise<HostTensor> {
    const { width, vocabularySize } = this.config;
    if (shape.at(-1) !== width || sizeOf(shape) !== data.length) {
      throw new EngineError("bad-input", `残差流的形状是 [${shape}]，最后一维应当是 ${width}`);
    }
    const scope = new Scope(this.backend);
    try {
      const logits = this.#unembed(scope, scope.upload(data), data.length / width, null);
      const [read] = await this.backend.read([wholeOf(logits)]);
      return { shape: [...shape.slice(0, -1), vocabularySize], data: read! };
    } finally {
      scope.dispose();
    }
  }
  // #endregion

  /** The end of the model: [rows × width] of the residual stream → [rows × vocabularySize]. */
  #unembed(scope: Scope, residual: Storage, rows: number, watch: FusedWatch | null): Storage {
    const { backend, weights } = this;
    const { width, vocabularySize, epsilon } = this.config;
    const { gain, bias } = weights.lnFinal;
    const normal = scope.alloc(rows * width);
    const logits = scope.alloc(rows * vocabularySize);
    watch?.scale("ln_final.scale", residual);
    backend.layerNorm(normal, residual, gain.storage, bias.storage, rows, width, epsilon);
    watch?.rows("ln_final.normalized", normal, width);
    const shape = { rows, inner: width, columns: vocabularySize, transposed: true };
    backend.linear(logits, normal, weights.head.storage, null, shape);
    watch?.rows("logits", logits, vocabularySize);
    return logits;
  }
}
