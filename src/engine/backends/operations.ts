import type { Storage } from "./storage.ts";

/**
 * What a backend computes, in families: each operation with its way back. Operations are recorded in call order and return at once (see
 * `Backend`).
 *
 * All matrices are row-major. `rows × width` means `rows` consecutive vectors of `width` numbers.
 *
 * Gradients: `dy` is the gradient of the loss by an operation's result; every gradient *adds* to what the gradient by its operand holds.
 */

/**
 * Functions of one number, with parameters p and q where they have any:
 * `affine` p·x + q; `clamp` min(max(x, p), q); `gelu` x·Φ(x) with the error function (BERT); `geluTanh` its tanh form ("gelu_new", GPT-2;
 * both Hendrycks & Gimpel 2016); `logSigmoid` −log(1 + e⁻ˣ); `silu` x / (1 + e⁻ˣ) (also there; later "swish").
 */
export type UnaryFunction =
  | "affine"
  | "clamp"
  | "exp"
  | "gelu"
  | "geluTanh"
  | "logSigmoid"
  | "relu"
  | "silu"
  | "square"
  | "tanh";

/** Those that stand between the two layers of a feed-forward network. */
export type Activation = Extract<UnaryFunction, "gelu" | "geluTanh" | "relu" | "silu" | "tanh">;

/** Functions of two numbers a and b. */
export type BinaryFunction = "add" | "subtract" | "multiply" | "minimum";

/** Number by number. */
export interface ElementwiseOperations {
  /** out[i] = source[i] for the first `length` numbers. */
  copy(out: Storage, source: Storage, length: number): void;
  /** out[i] = value for the first `length` numbers. */
  fill(out: Storage, value: number, length: number): void;
  /** out[i] = f(x[i]); `out` may be `x`. */
  map(f: UnaryFunction, out: Storage, x: Storage, length: number, p?: number, q?: number): void;
  /** dx[i] += f′(x[i]) · dy[i]. */
  mapGradient(f: UnaryFunction, dx: Storage, x: Storage, dy: Storage, length: number, p?: number, q?: number): void;
  /** out[i] = f(a[i], b[i]); `out` may be `a` or `b`. */
  combine(f: BinaryFunction, out: Storage, a: Storage, b: Storage, length: number): void;
  /**
   * d[i] += ∂f(a[i], b[i])/∂(the operand) · dy[i]. Where a = b, `minimum` gives each side half, as PyTorch does.
   */
  combineGradient(
    f: BinaryFunction,
    operand: "a" | "b",
    d: Storage,
    a: Storage,
    b: Storage,
    dy: Storage,
    length: number,
  ): void;
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

/** What most layers are made of: matrix products, rows of tables, and normal rows. */
export interface LayerOperations {
  /**
   * out [rows × columns] = x [rows × inner] · weight (+ bias [columns]). `out` must not be `x`. The weight may be a `PackedStorage`;
   * through a quantized one no gradients flow back.
   */
  linear(out: Storage, x: Storage, weight: Storage, bias: Storage | null, shape: LinearShape): void;
  /** The gradient of a bias: out[c] += Σᵣ x[r, c]. */
  columnSums(out: Storage, x: Storage, rows: number, columns: number): void;
  /**
   * The gradient of a weight: out [aWidth × bWidth] += aᵀ · b, with a [rows × aWidth] and b [rows × bWidth].
   * (The gradient by a linear layer's input is `linear` itself, with the weight's other orientation.)
   */
  outerProducts(out: Storage, a: Storage, b: Storage, rows: number, aWidth: number, bWidth: number): void;
  /** out[r, :] = (accumulate ? out[r, :] : 0) + table[indices[r], :]. `indices`: i32 [rows]. The table may be a `PackedStorage`. */
  gather(out: Storage, table: Storage, indices: Storage, rows: number, width: number, accumulate?: boolean): void;
  /**
   * The gradient of `gather`: table[targets[g], :] += Σ x[order[j], :] over j from starts[g] to starts[g + 1] − 1, for each group g.
   * Each row of the table is the target of at most one group, so the sum has one order and is the same on every run.
   * order: i32, starts: i32 [groups + 1], targets: i32 [groups].
   */
  scatterAdd(
    table: Storage,
    x: Storage,
    order: Storage,
    starts: Storage,
    targets: Storage,
    groups: number,
    width: number,
  ): void;
  /** table[indices[r], :] = x[r, :]. `indices`: i32 [rows], no row twice. */
  scatter(table: Storage, x: Storage, indices: Storage, rows: number, width: number): void;
  /** Layer normalisation over each row (Ba et al. 2016), population variance. gain, bias: [width]. */
  layerNorm(out: Storage, x: Storage, gain: Storage, bias: Storage, rows: number, width: number, epsilon: number): void;
  /** Gradients of `layerNorm` by its input, gain and bias; a frozen gain and bias have none. */
  layerNormGradient(
    dx: Storage,
    parameters: { readonly gain: Storage; readonly bias: Storage } | null,
    x: Storage,
    gain: Storage,
    dy: Storage,
    rows: number,
    width: number,
    epsilon: number,
  ): void;
  /** x / √(mean of x² + epsilon) · gain over each row: layer norm without mean and bias (Zhang & Sennrich 2019). gain: [width]. */
  rmsNorm(out: Storage, x: Storage, gain: Storage, rows: number, width: number, epsilon: number): void;
  /** Gradients of `rmsNorm` by its input and gain; a frozen gain has none. */
  rmsNormGradient(
    dx: Storage,
    dgain: Storage | null,
    x: Storage,
    gain: Storage,
    dy: Storage,
    rows: number,
    width: number,
    epsilon: number,
  ): void;
}

export interface AttentionShape {
  /** Query tokens in this call. */
  readonly tokens: number;
  readonly heads: number;
  /** Width of one head; `heads * headWidth` is the width of the model. */
  readonly headWidth: number;
  /** What the scores are multiplied by before the softmax; 1/√headWidth where it is left out. */
  readonly scale?: number | undefined;
  /** What `pattern` holds beforehand is added to the scores, such as a bias for relative positions. They are not scaled then: it is 1. */
  readonly biased?: boolean;
  /** Row length of `paths` and of the innermost axis of `pattern`: the longest context in this call, or more. */
  readonly pathStride: number;
  /** From one token's q to the next: 3 · width in [q | k | v], which it is where it is left out; width, where queries stand alone. */
  readonly queryStride?: number;
}

/** Attention of a batch of whole sequences, as in training: everything at once, nothing cached. */
export interface BatchAttentionShape {
  readonly batch: number;
  /** Query positions of each sequence. */
  readonly queries: number;
  /** Key positions of each sequence: as many as queries in self-attention, those of the encoder in cross-attention. */
  readonly keys: number;
  readonly heads: number;
  readonly headWidth: number;
  /** As in `AttentionShape`, both. */
  readonly scale?: number | undefined;
  readonly biased?: boolean;
  /** Query i sees no key behind i. */
  readonly causal: boolean;
}

/** Scaled dot-product attention (Vaswani et al. 2017), of whole sequences and over a KV cache. */
export interface AttentionOperations {
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
   * qkv: [tokens × queryStride], of which the first `width` are read, the q part. paths: i32 [tokens × pathStride], spans: i32 [tokens].
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
  /**
   * out[b·queries + i, :] = Σⱼ pattern[b, h, i, j] · v[b·keys + j, :] for each head h and its columns: scaled dot-product attention of whole
   * sequences. q, out: [batch·queries × width]; k, v: [batch·keys × width]; lengths: i32 [batch], keys from there on are padding that
   * nobody sees. Writes the weights, pattern [batch, heads, queries, keys], zero where a query sees nothing.
   */
  batchAttention(
    out: Storage,
    pattern: Storage,
    q: Storage,
    k: Storage,
    v: Storage,
    lengths: Storage,
    shape: BatchAttentionShape,
  ): void;
  /** Gradients of `batchAttention` by q, k and v, from the pattern that it wrote; and by a bias [heads, queries, keys] that all sequences share. */
  batchAttentionGradient(
    dq: Storage,
    dk: Storage,
    dv: Storage,
    q: Storage,
    k: Storage,
    v: Storage,
    pattern: Storage,
    dy: Storage,
    shape: BatchAttentionShape,
    dbias?: Storage | null,
  ): void;
}

/** Recurrent networks, step by step. */
export interface RecurrentOperations {
  /**
   * One step of an LSTM (Hochreiter & Schmidhuber 1997; forget gate: Gers et al. 2000) from the sums that enter its gates:
   * gates [rows × 4·width] = [input | forget | cell | output], PyTorch's order. cell and hidden: [rows × width], the new state.
   */
  lstmCell(hidden: Storage, cell: Storage, gates: Storage, previousCell: Storage, rows: number, width: number): void;
  /** Gradients of `lstmCell` by its gates and its previous cell. */
  lstmCellGradient(
    dgates: Storage,
    dpreviousCell: Storage,
    gates: Storage,
    previousCell: Storage,
    dhidden: Storage,
    dcell: Storage,
    rows: number,
    width: number,
  ): void;
}

/** What is made of logits. */
export interface LossOperations {
  /**
   * out[r] = −log softmax(logits[r, :])[targets[r]], the cross-entropy in nats; 0 where the target is negative, which means "ignore".
   * targets: i32 [rows], logits: [rows × columns].
   */
  crossEntropy(out: Storage, logits: Storage, targets: Storage, rows: number, columns: number): void;
  /** dlogits[r, :] += dy[r] · (softmax(logits[r, :]) − one-hot(targets[r])); nothing where the target is negative. */
  crossEntropyGradient(
    dlogits: Storage,
    logits: Storage,
    targets: Storage,
    dy: Storage,
    rows: number,
    columns: number,
  ): void;
  /** out[r] = −Σ p log p over p = softmax(logits[r, :]), in nats. */
  entropy(out: Storage, logits: Storage, rows: number, columns: number): void;
  /** dlogits[r, c] −= dy[r] · p (log p + entropy). */
  entropyGradient(dlogits: Storage, logits: Storage, dy: Storage, rows: number, columns: number): void;
}

export interface AdamWSettings {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
  /** Which step this is, from 1, for the bias correction. */
  readonly step: number;
  /** Gradients are scaled down so that their norm, all parameters together, is at most this. */
  readonly maxNorm: number;
}

export interface SgdSettings {
  readonly learningRate: number;
  readonly momentum: number;
  readonly weightDecay: number;
  readonly maxNorm: number;
}

/** Optimisers. They take Σ gradient² over all parameters, as `addSquares` leaves it, so that clipping needs no read-back. */
export interface OptimizerOperations {
  /** total[0] += Σ x². */
  addSquares(total: Storage, x: Storage, length: number): void;
  /** Stochastic gradient descent with momentum as PyTorch defines it; velocity: [length], zero before the first step. */
  sgd(parameter: Storage, gradient: Storage, velocity: Storage, squares: Storage, settings: SgdSettings): void;
  /** AdamW (Loshchilov & Hutter 2019); the moments: [length], zero before the first step. */
  adamW(
    parameter: Storage,
    gradient: Storage,
    firstMoment: Storage,
    secondMoment: Storage,
    squares: Storage,
    settings: AdamWSettings,
  ): void;
}
