import type { Activation } from "../backends/operations.ts";
import { add } from "../tensor/ops/elementwise.ts";
import type { Tape, Tensor } from "../tensor/tape.ts";
import { ATTENTION_NAMES, type AttentionWeights, multiHeadAttention } from "./attention.ts";
import { type FeedForwardWeights, feedForward } from "./feed-forward.ts";
import { applyLayerNorm, type LayerNormWeights } from "./layer-norm.ts";
import type { Watch } from "./watch.ts";

export interface TransformerBlockWeights {
  readonly attention: AttentionWeights;
  readonly attentionNorm: LayerNormWeights;
  /** In the decoder of an encoder–decoder model: attention over what the encoder made, and its norm. */
  readonly cross: { readonly attention: AttentionWeights; readonly norm: LayerNormWeights } | null;
  readonly feedForward: FeedForwardWeights;
  readonly feedForwardNorm: LayerNormWeights;
}

export interface TransformerBlockOptions {
  readonly batch: number;
  readonly heads: number;
  /** A decoder's token sees no token behind it. */
  readonly causal: boolean;
  /** [batch]: tokens from there on are padding. */
  readonly lengths?: Int32Array;
  readonly activation: Activation;
  readonly epsilon: number;
}

/** The other side of a cross-attention. */
export interface Memory {
  /** [batch, keys, width] */
  readonly states: Tensor;
  /** [batch]: keys from there on are padding. */
  readonly lengths?: Int32Array;
}

/** What a block shows to a trace; with cross-attention also the second list. */
const BLOCK_NAMES = [
  "resid_pre",
  ...ATTENTION_NAMES.map((name) => `attn.${name}`),
  "attn_out",
  "resid_mid",
  "ln1.normalized",
  "mlp.pre",
  "mlp.post",
  "mlp_out",
  "resid_post",
  "normalized_resid_post",
];
const CROSS_NAMES = [
  ...ATTENTION_NAMES.map((name) => `cross_attn.${name}`),
  "cross_attn_out",
  "resid_mid_cross",
  "ln2.normalized",
];

/** The names that a stack of blocks shows to a trace, as in TransformerLens's `HookedEncoder` and `T5Block`, without `hook_`. */
export function blockNames(stack: string, layers: number, { cross = false } = {}): string[] {
  const names = cross ? [...BLOCK_NAMES, ...CROSS_NAMES] : BLOCK_NAMES;
  return Array.from({ length: layers }, (_, i) => names.map((name) => `${stack}.${i}.${name}`)).flat();
}

// #region transformer-block
/**
 * A block as Vaswani et al. (2017) drew it and BERT kept it: each sub-layer is added to what went into it, then layer norm follows
 * (post-LN; GPT-2 has the norm before the sub-layer).
 *
 * @param x [batch, tokens, width]
 * @param memory needed if the block has cross-attention
 * @returns [batch, tokens, width]
 */
export function transformerBlock(
  tape: Tape,
  x: Tensor,
  weights: TransformerBlockWeights,
  options: TransformerBlockOptions,
  watch: Watch,
  memory: Memory | null = null,
): Tensor {
  const { activation, epsilon } = options;
  // #region attention-half
  watch.tensor("resid_pre", x);
  const attended = multiHeadAttention(tape, x, x, weights.attention, options, watch.at("attn"));
  watch.tensor("attn_out", attended);
  const middle = add(tape, x, attended);
  watch.tensor("resid_mid", middle);
  let normal = applyLayerNorm(tape, middle, weights.attentionNorm, epsilon);
  watch.tensor("ln1.normalized", normal);
  // #endregion
  if (weights.cross && memory) normal = readMemory(tape, normal, weights.cross, memory, options, watch);

  // #region feed-forward-half
  const fed = feedForward(tape, normal, weights.feedForward, activation, watch.at("mlp"));
  watch.tensor("mlp_out", fed);
  const sum = add(tape, normal, fed);
  watch.tensor("resid_post", sum);
  const output = applyLayerNorm(tape, sum, weights.feedForwardNorm, epsilon);
  watch.tensor("normalized_resid_post", output);
  // #endregion
  return output;
}
// #endregion

/** The sub-layer that only a decoder's block has: attention over what the encoder made, added, and normalised. */
function readMemory(
  tape: Tape,
  x: Tensor,
  { attention, norm }: NonNullable<TransformerBlockWeights["cross"]>,
  { states, ...rest }: Memory,
  { batch, heads, epsilon }: TransformerBlockOptions,
  watch: Watch,
): Tensor {
  const options = { batch, heads, causal: false, ...rest };
  const read = multiHeadAttention(tape, x, states, attention, options, watch.at("cross_attn"));
  watch.tensor("cross_attn_out", read);
  const sum = add(tape, x, read);
  watch.tensor("resid_mid_cross", sum);
  const normal = applyLayerNorm(tape, sum, norm, epsilon);
  watch.tensor("ln2.normalized", normal);
  return normal;
}
