import type { Backend, Storage } from "../backends/backend.ts";
import { EngineError } from "../errors.ts";
import { Scope } from "../tensor/scope.ts";
import type { Trace } from "../tensor/trace.ts";
import type { Gpt2Config } from "./config.ts";
import { type TensorView, toFloat32 } from "./safetensors.ts";

interface LayerNormWeights {
  readonly gain: Storage;
  readonly bias: Storage;
}

interface LinearWeights {
  readonly weight: Storage;
  readonly bias: Storage;
}

interface Block {
  readonly ln1: LayerNormWeights;
  readonly qkv: LinearWeights;
  readonly project: LinearWeights;
  readonly ln2: LayerNormWeights;
  readonly expand: LinearWeights;
  readonly contract: LinearWeights;
}

/** Keys and values of one layer, [slots × width] each. */
export interface LayerCache {
  readonly keys: Storage;
  readonly values: Storage;
}

/** The tokens of one forward pass and what each of them may look at (see `Backend.attention`). */
export interface Batch {
  readonly ids: Int32Array;
  readonly positions: Int32Array;
  readonly slots: Int32Array;
  /** [tokens × pathStride] */
  readonly paths: Int32Array;
  readonly pathStride: number;
  /** Number of keys that each token sees: its position + 1. */
  readonly spans: Int32Array;
  /** Rows whose next-token logits are wanted. */
  readonly wanted: Int32Array;
}

/**
 * GPT-2 (Radford et al. 2019): a decoder-only Transformer with learned positions and layer norm before each sub-layer. It holds the
 * weights and records forward passes; the KV cache belongs to the caller (`Gpt2Tree`).
 */
export class Gpt2 {
  readonly backend: Backend;
  readonly config: Gpt2Config;
  #weights: Scope;
  #tokenTable: Storage;
  #positionTable: Storage;
  #blocks: readonly Block[];
  #lnFinal: LayerNormWeights;
  #head: Storage;

  /**
   * @param tensors with the names of transformers' `GPT2LMHeadModel` (or `GPT2Model`, without the prefix)
   * @throws EngineError `bad-file` if one is missing, misshapen or not finite; `out-of-memory`
   */
  constructor(backend: Backend, config: Gpt2Config, tensors: ReadonlyMap<string, TensorView>) {
    this.backend = backend;
    this.config = config;
    this.#weights = new Scope(backend);
    const { vocabularySize, contextLength, width, innerWidth, layers } = config;
    const prefix = tensors.has("transformer.wte.weight") ? "transformer." : "";
    const take = (name: string, ...shape: number[]): Storage => this.#weights.upload(takeTensor(tensors, name, shape));
    const norm = (name: string): LayerNormWeights => ({
      gain: take(`${prefix}${name}.weight`, width),
      bias: take(`${prefix}${name}.bias`, width),
    });
    const linear = (name: string, inner: number, columns: number): LinearWeights => ({
      weight: take(`${prefix}${name}.weight`, inner, columns),
      bias: take(`${prefix}${name}.bias`, columns),
    });
    try {
      this.#tokenTable = take(`${prefix}wte.weight`, vocabularySize, width);
      this.#positionTable = take(`${prefix}wpe.weight`, contextLength, width);
      this.#blocks = Array.from({ length: layers }, (_, i) => ({
        ln1: norm(`h.${i}.ln_1`),
        qkv: linear(`h.${i}.attn.c_attn`, width, 3 * width),
        project: linear(`h.${i}.attn.c_proj`, width, width),
        ln2: norm(`h.${i}.ln_2`),
        expand: linear(`h.${i}.mlp.c_fc`, width, innerWidth),
        contract: linear(`h.${i}.mlp.c_proj`, innerWidth, width),
      }));
      this.#lnFinal = norm("ln_f");
      this.#head = config.tiedHead ? this.#tokenTable : take("lm_head.weight", vocabularySize, width);
    } catch (error) {
      this.#weights.dispose();
      throw error;
    }
  }

  dispose(): void {
    this.#weights.dispose();
  }

  // #region forward
  /**
   * Records one forward pass and returns the logits of the wanted rows, [wanted × vocabularySize], in `scope`. The new keys and values
   * go to `caches` first, so that a token sees itself and the tokens of its own batch that lie on its path.
   */
  forward(scope: Scope, caches: readonly LayerCache[], batch: Batch, trace: Trace): Storage {
    const { backend, config } = this;
    const { width, innerWidth, heads, epsilon, vocabularySize } = config;
    const tokens = batch.ids.length;
    const { pathStride } = batch;
    const slots = scope.upload(batch.slots);
    const paths = scope.upload(batch.paths);
    const spans = scope.upload(batch.spans);

    const residual = scope.alloc(tokens * width);
    const normal = scope.alloc(tokens * width);
    const qkv = scope.alloc(tokens * 3 * width);
    const mixed = scope.alloc(tokens * width);
    const pattern = scope.alloc(tokens * heads * pathStride);
    const hidden = scope.alloc(tokens * innerWidth);

    backend.gather(residual, this.#tokenTable, scope.upload(batch.ids), tokens, width);
    backend.gather(residual, this.#positionTable, scope.upload(batch.positions), tokens, width, true);

    for (const [i, block] of this.#blocks.entries()) {
      const cache = caches[i];
      if (!cache) throw new EngineError("internal", `no cache for layer ${i}`);
      const capture = (name: string, storage: Storage, columns: number) =>
        trace.capture(scope, `blocks.${i}.${name}`, storage, [tokens, columns]);

      capture("resid_pre", residual, width);
      backend.layerNorm(normal, residual, block.ln1.gain, block.ln1.bias, tokens, width, epsilon);
      backend.linear(qkv, normal, block.qkv.weight, block.qkv.bias, { rows: tokens, inner: width, columns: 3 * width });
      backend.storeKeyValues(cache.keys, cache.values, qkv, slots, tokens, width);
      backend.attention(mixed, pattern, qkv, cache.keys, cache.values, paths, spans, {
        tokens,
        heads,
        headWidth: width / heads,
        pathStride,
      });
      trace.capture(scope, `blocks.${i}.attn.pattern`, pattern, [tokens, heads, pathStride], (data) =>
        arrangePattern(data, batch, heads),
      );
      backend.linear(residual, mixed, block.project.weight, block.project.bias, {
        rows: tokens,
        inner: width,
        columns: width,
        accumulate: true,
      });
      capture("resid_mid", residual, width);
      backend.layerNorm(normal, residual, block.ln2.gain, block.ln2.bias, tokens, width, epsilon);
      backend.linear(hidden, normal, block.expand.weight, block.expand.bias, {
        rows: tokens,
        inner: width,
        columns: innerWidth,
      });
      backend.gelu(hidden, hidden, tokens * innerWidth);
      backend.linear(residual, hidden, block.contract.weight, block.contract.bias, {
        rows: tokens,
        inner: innerWidth,
        columns: width,
        accumulate: true,
      });
      capture("resid_post", residual, width);
    }

    const rows = batch.wanted.length;
    const last = scope.alloc(rows * width);
    const final = scope.alloc(rows * width);
    const logits = scope.alloc(rows * vocabularySize);
    backend.gather(last, residual, scope.upload(batch.wanted), rows, width);
    backend.layerNorm(final, last, this.#lnFinal.gain, this.#lnFinal.bias, rows, width, epsilon);
    trace.capture(scope, "ln_final", final, [rows, width]);
    backend.linear(logits, final, this.#head, null, { rows, inner: width, columns: vocabularySize, transposed: true });
    return logits;
  }
  // #endregion
}

function takeTensor(tensors: ReadonlyMap<string, TensorView>, name: string, shape: readonly number[]): Float32Array {
  const tensor = tensors.get(name);
  if (!tensor) throw new EngineError("bad-file", `缺少张量 ${name}`);
  if (tensor.shape.join() !== shape.join()) {
    throw new EngineError("bad-file", `张量 ${name} 的形状是 [${tensor.shape}]，应当是 [${shape}]`);
  }
  const data = toFloat32(tensor);
  if (!data.every(Number.isFinite)) throw new EngineError("bad-file", `张量 ${name} 里有不是有限数的值`);
  return data;
}

/** [tokens, heads, pathStride] with stale columns → [heads, tokens, keys], zero where a token sees nothing. */
function arrangePattern(data: Float32Array, batch: Batch, heads: number) {
  const tokens = batch.ids.length;
  const keys = Math.max(...batch.spans);
  const arranged = new Float32Array(heads * tokens * keys);
  for (let t = 0; t < tokens; t++) {
    for (let h = 0; h < heads; h++) {
      const from = (t * heads + h) * batch.pathStride;
      arranged.set(data.subarray(from, from + (batch.spans[t] ?? 0)), (h * tokens + t) * keys);
    }
  }
  return { shape: [heads, tokens, keys], data: arranged };
}
