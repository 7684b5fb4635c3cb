import { attentionScores } from "../tensor/derived.ts";
import { type AttentionOptions, attention } from "../tensor/ops/attention.ts";
import { sizeOf, type Tape, type Tensor } from "../tensor/tape.ts";
import type { HostTensor } from "../tensor/trace.ts";
import { applyLinear, type LinearWeights } from "./linear.ts";
import type { Watch } from "./watch.ts";

/** All heads of one layer; [width, width] each. */
export interface AttentionWeights {
  readonly query: LinearWeights;
  readonly key: LinearWeights;
  readonly value: LinearWeights;
  readonly output: LinearWeights;
}

/** What multi-head attention shows to a trace. */
export const ATTENTION_NAMES = ["q", "k", "v", "scores", "pattern", "z"] as const;

// #region multi-head-attention
/**
 * Multi-head attention (Vaswani et al. 2017). In self-attention x and memory are the same; in cross-attention the memory is what the
 * encoder made of the source.
 *
 * @param x [batch, queries, width]
 * @param memory [batch, keys, width]
 * @returns [batch, queries, width]
 */
export function multiHeadAttention(
  tape: Tape,
  x: Tensor,
  memory: Tensor,
  weights: AttentionWeights,
  options: AttentionOptions,
  watch: Watch,
): Tensor {
  const q = applyLinear(tape, x, weights.query);
  const k = applyLinear(tape, memory, weights.key);
  const v = applyLinear(tape, memory, weights.value);
  const { mixed, pattern } = attention(tape, q, k, v, options);
  watchAttention({ q, k, v, pattern, z: mixed }, options, watch);
  return applyLinear(tape, mixed, weights.output);
}
// #endregion

/** Shows one attention under TransformerLens's names: q, k, v and z as [batch, tokens, heads, headWidth], scores and pattern. */
export function watchAttention(
  { pattern, ...parts }: Readonly<Record<"q" | "k" | "v" | "z" | "pattern", Tensor>>,
  { batch, heads, scale, causal, lengths, bias }: AttentionOptions,
  watch: Watch,
): void {
  for (const [name, tensor] of Object.entries(parts)) {
    const width = tensor.shape.at(-1) ?? 0;
    watch.tensor(name, tensor, [batch, sizeOf(tensor.shape) / width / batch, heads, width / heads]);
  }
  const sources = bias ? [parts.q, parts.k, bias] : [parts.q, parts.k];
  watch.derived("scores", sources, (q, k, added) => scores(q, k, pattern.shape, causal, lengths, scale, added));
  watch.tensor("pattern", pattern);
}

/** Sequence by sequence. */
function scores(
  q: Float32Array,
  k: Float32Array,
  shape: readonly number[],
  causal: boolean,
  lengths: Int32Array | undefined,
  scale: number | undefined,
  bias: Float32Array | undefined,
): HostTensor {
  const [batch = 0, heads = 0, queries = 0, keys = 0] = shape;
  const width = q.length / (batch * queries);
  const data = new Float32Array(batch * heads * queries * keys);
  for (let b = 0; b < batch; b++) {
    const length = lengths?.[b] ?? keys;
    const own = attentionScores(
      q.subarray(b * queries * width, (b + 1) * queries * width),
      k.subarray(b * keys * width, (b + 1) * keys * width),
      { queries, keys, heads, headWidth: width / heads, scale, bias },
      (t, i) => (i < length && (!causal || i <= t) ? i : -1),
    );
    data.set(own.data, b * own.data.length);
  }
  return { shape, data };
}
