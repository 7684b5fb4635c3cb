import type { Storage } from "../backends/storage.ts";
import type { Gpt2Config } from "../files/config.ts";
import { maxOf } from "../statistics.ts";
import { attentionScores, layerNormScale, unpack } from "../tensor/derived.ts";
import type { Scope } from "../tensor/scope.ts";
import { copyAside, type HostTensor, type Trace } from "../tensor/trace.ts";
import type { Batch, LayerCache } from "./gpt2-batch.ts";

/** What can be traced in every block, in the order in which it is computed. */
const BLOCK_NAMES = [
  "resid_pre",
  "ln1.scale",
  "ln1.normalized",
  "attn.q",
  "attn.k",
  "attn.v",
  "attn.scores",
  "attn.pattern",
  "attn.z",
  "attn_out",
  "resid_mid",
  "ln2.scale",
  "ln2.normalized",
  "mlp.pre",
  "mlp.post",
  "mlp_out",
  "resid_post",
] as const;

/**
 * The names of all intermediates, as TransformerLens has them, without `hook_` (`attn.scores` is its `attn.hook_attn_scores`). Shapes, for T
 * tokens that see K keys: `attn.q`, `.k`, `.v` and `.z` [T, heads, headWidth]; `attn.scores` (−∞ where a token sees nothing) and `attn.pattern`
 * [heads, T, K]; `scale` [T, 1]; `mlp.pre` and `mlp.post` [T, innerWidth]; `logits` [T, vocabularySize]; all others [T, width]. `normalized` is
 * what the layer norm gives, gain and bias included.
 */
export function gpt2TraceNames({ layers }: Pick<Gpt2Config, "layers">): string[] {
  const blocks = Array.from({ length: layers }, (_, i) => BLOCK_NAMES.map((name) => `blocks.${i}.${name}`));
  return ["embed", "pos_embed", ...blocks.flat(), "ln_final.scale", "ln_final.normalized", "logits"];
}

/**
 * What the trace wants of a pass whose storages are used again from layer to layer, and whose kernels do several things at once: everything
 * is copied aside as soon as it is there, and what is never there is computed aside.
 */
export class FusedWatch {
  readonly #scope: Scope;
  readonly #trace: Trace;
  readonly #batch: Batch;
  readonly #config: Gpt2Config;
  /** Whatever is traced, all tokens of the pass go all the way: `Gpt2Tree.inspect` wants the logits of each. */
  readonly #rows: number;

  constructor(scope: Scope, trace: Trace, batch: Batch, config: Gpt2Config) {
    this.#scope = scope;
    this.#trace = trace;
    this.#batch = batch;
    this.#config = config;
    this.#rows = batch.ids.length;
  }

  /** A row of `columns` numbers for each token. */
  rows(name: string, storage: Storage, columns: number): void {
    this.#trace.capture(this.#scope, name, storage, [this.#rows, columns]);
  }

  /** A row for each token, which the pass itself does not compute, or not by itself. */
  aside(name: string, columns: number, compute: (out: Storage) => void): void {
    if (!this.#trace.wants(name)) return;
    const storage = this.#scope.alloc(this.#rows * columns);
    compute(storage);
    this.#trace.watch(name, { storage, shape: [this.#rows, columns] });
  }

  /** What a layer norm divides its input by. */
  scale(name: string, input: Storage): void {
    const { width, epsilon } = this.#config;
    this.#trace.capture(this.#scope, name, input, [this.#rows, width], (data) => layerNormScale(data, width, epsilon));
  }

  /** @param scale what the scores are multiplied by */
  attention(block: string, qkv: Storage, { keys }: LayerCache, pattern: Storage, mixed: Storage, scale: number): void {
    const { width, heads } = this.#config;
    const batch = this.#batch;
    const [tokens, headWidth] = [batch.ids.length, width / heads];
    const shape = [tokens, heads, headWidth];
    ["q", "k", "v"].forEach((name, part) => {
      this.#trace.capture(this.#scope, `${block}.attn.${name}`, qkv, [tokens, 3 * width], (data) => ({
        shape,
        data: unpack(data, 3, part, width),
      }));
    });
    this.#scores(`${block}.attn.scores`, qkv, keys, scale);
    this.#trace.capture(this.#scope, `${block}.attn.pattern`, pattern, [tokens, heads, batch.pathStride], (data) =>
      arrangePattern(data, batch, heads),
    );
    this.#trace.capture(this.#scope, `${block}.attn.z`, mixed, shape);
  }

  #scores(name: string, qkv: Storage, keys: Storage, scale: number): void {
    if (!this.#trace.wants(name)) return;
    const { width, heads } = this.#config;
    const { ids, slots, paths, pathStride, spans } = this.#batch;
    const shape = { queries: ids.length, keys: maxOf(spans), heads, headWidth: width / heads, scale };
    const sources = [
      copyAside(this.#scope, qkv, ids.length * 3 * width),
      // A path leads to slots of this call and of those before it.
      copyAside(this.#scope, keys, (maxOf(slots) + 1) * width),
    ];
    this.#trace.add(name, sources, (packed, cached) =>
      attentionScores(unpack(packed, 3, 0, width), cached, shape, (t, i) =>
        i < spans[t]! ? paths[t * pathStride + i]! : -1,
      ),
    );
  }
}

/** [tokens, heads, pathStride] with stale columns → [heads, tokens, keys], zero where a token sees nothing. */
function arrangePattern(data: Float32Array, batch: Batch, heads: number): HostTensor {
  const tokens = batch.ids.length;
  const keys = maxOf(batch.spans);
  const arranged = new Float32Array(heads * tokens * keys);
  for (let t = 0; t < tokens; t++) {
    for (let h = 0; h < heads; h++) {
      const from = (t * heads + h) * batch.pathStride;
      arranged.set(data.subarray(from, from + batch.spans[t]!), (h * tokens + t) * keys);
    }
  }
  return { shape: [heads, tokens, keys], data: arranged };
}
