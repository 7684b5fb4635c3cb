/**
 * What every backend can do. Everything above this interface (models, decoding, training) is written once and runs on all of them.
 *
 * A backend owns its memory: callers hold opaque `Storage` handles and never see a pointer or a `GPUBuffer`. Operations are *recorded*
 * in call order and return at once; nothing is promised to have run until `read` resolves. So a whole forward pass costs one
 * submission and one read-back on a GPU, and is a plain sequence of calls on the CPU.
 *
 * All matrices are row-major. `rows × width` means `rows` consecutive vectors of `width` numbers.
 */

/** `length` 32-bit numbers that a backend owns (f32; or i32 where an operation says "indices"). */
export interface Storage {
  readonly length: number;
}

/** A piece of a storage to read back, in elements. */
export interface Span {
  readonly storage: Storage;
  readonly offset: number;
  readonly length: number;
}

export interface LinearShape {
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
  /** The weight is stored as columns × inner (as PyTorch's `nn.Linear` and an output head tied to the embedding), not inner × columns (GPT-2's `Conv1D`). */
  readonly transposed?: boolean;
  /** Add the product to what `out` holds (a residual connection) and do not overwrite it. */
  readonly accumulate?: boolean;
}

export interface AttentionShape {
  /** Query tokens in this call. */
  readonly tokens: number;
  readonly heads: number;
  /** Width of one head; `heads * headWidth` is the width of the model. */
  readonly headWidth: number;
  /** Row length of `paths` and of the innermost axis of `pattern`: the longest context in this call, or more. */
  readonly pathStride: number;
}

export type BackendKind = "cpu" | "webgpu";

export interface Backend {
  readonly kind: BackendKind;
  /** What computes, for the reader's eyes: "Apple M3", "WebAssembly SIMD". */
  readonly device: string;
  /** Resolves, with a reason, if the device is lost while the backend is in use; `read` then rejects with `device-lost`. */
  readonly lost: Promise<string>;
  /** Bytes and number of storages in use (not those pooled for reuse). */
  readonly memory: { readonly bytes: number; readonly storages: number };

  /** Zero-filled on first use is NOT promised: pooled memory keeps old numbers. @throws EngineError `out-of-memory` */
  alloc(length: number): Storage;
  /** After `dispose` it does nothing, so that owners may be cleaned up in any order. */
  free(storage: Storage): void;
  /** Writes host numbers; ordered with the operations recorded before and after it. */
  upload(storage: Storage, data: Float32Array | Int32Array, offset?: number): void;
  /** Runs everything recorded and reads the spans back in one batch. @throws EngineError `device-lost` */
  read(spans: readonly Span[]): Promise<Float32Array[]>;
  /** Frees everything. */
  dispose(): void;

  /** out[i] = source[i] for the first `length` numbers. */
  copy(out: Storage, source: Storage, length: number): void;
  /** out[r, :] = (accumulate ? out[r, :] : 0) + table[indices[r], :]. `indices`: i32 [rows]. */
  gather(out: Storage, table: Storage, indices: Storage, rows: number, width: number, accumulate?: boolean): void;
  /** Layer normalisation over each row (Ba et al. 2016), population variance. gain, bias: [width]. */
  layerNorm(out: Storage, x: Storage, gain: Storage, bias: Storage, rows: number, width: number, epsilon: number): void;
  /** out [rows × columns] = x [rows × inner] · weight (+ bias [columns]). `out` must not be `x`. */
  linear(out: Storage, x: Storage, weight: Storage, bias: Storage | null, shape: LinearShape): void;
  /** GELU in the tanh form that GPT-2 uses ("gelu_new", Hendrycks & Gimpel 2016); `out` may be `x`. */
  gelu(out: Storage, x: Storage, length: number): void;
  /**
   * keys[slots[t], :] and values[slots[t], :] = the k and v parts of qkv[t, :] = [q | k | v], each `width` wide. `slots`: i32 [tokens].
   */
  storeKeyValues(keys: Storage, values: Storage, qkv: Storage, slots: Storage, tokens: number, width: number): void;
  /**
   * Scaled dot-product attention of each token over its own path through the KV cache (Vaswani et al. 2017).
   *
   * Token t of the call sees `spans[t]` keys; the i-th of them is `keys[paths[t, i], :]`. So causal masking is "a path ends at its own
   * token", sequences that share a prefix share its cache slots (the idea of paged attention, Kwon et al. 2023, with pages of one
   * token), and one kernel serves prefill, batched decoding and beams.
   *
   * qkv: [tokens × 3·width], of which the q part is read. paths: i32 [tokens × pathStride], spans: i32 [tokens].
   * Writes pattern [tokens × heads × pathStride], the attention weights (columns ≥ spans[t] are left as they are), and out [tokens × width].
   */
  attention(
    out: Storage,
    pattern: Storage,
    qkv: Storage,
    keys: Storage,
    values: Storage,
    paths: Storage,
    spans: Storage,
    shape: AttentionShape,
  ): void;
}
