import type { Activation } from "../backends/operations.ts";
import { type AttentionOptions, attention } from "../tensor/ops/attention.ts";
import { add, multiply } from "../tensor/ops/elementwise.ts";
import { linear } from "../tensor/ops/linear.ts";
import { rmsNorm } from "../tensor/ops/normalization.ts";
import type { Parameter } from "../tensor/parameters.ts";
import type { Tape, Tensor } from "../tensor/tape.ts";
import { ATTENTION_NAMES, watchAttention } from "./attention.ts";
import { activate } from "./feed-forward.ts";
import type { Memory } from "./transformer-block.ts";
import type { Watch } from "./watch.ts";

/** All heads of one attention of T5, and the norm before it: no biases. `all` = heads · headWidth. */
export interface T5AttentionWeights {
  /** [width] */
  readonly norm: Parameter;
  /** [all, width], as `key` and `value`. */
  readonly query: Parameter;
  readonly key: Parameter;
  readonly value: Parameter;
  /** [width, all] */
  readonly output: Parameter;
}

export interface T5BlockWeights {
  readonly attention: T5AttentionWeights;
  /** In the decoder: attention over what the encoder made. */
  readonly cross: T5AttentionWeights | null;
  readonly feedForward: {
    /** [width] */
    readonly norm: Parameter;
    /** [innerWidth, width] */
    readonly expand: Parameter;
    /** [innerWidth, width]: of a gated layer the part that is not bent. */
    readonly straight: Parameter | null;
    /** [width, innerWidth] */
    readonly contract: Parameter;
  };
}

/** An encoder or a decoder. */
export interface T5StackWeights {
  /** [buckets, heads]: what the self-attention of all blocks adds to its scores for a distance. */
  readonly bias: Parameter;
  readonly blocks: readonly T5BlockWeights[];
  /** [width]: behind the last block. */
  readonly norm: Parameter;
}

export interface T5BlockOptions {
  readonly batch: number;
  readonly heads: number;
  readonly causal: boolean;
  /** [batch]: tokens from there on are padding. */
  readonly lengths?: Int32Array;
  /** [heads, tokens, tokens] */
  readonly bias: Tensor;
  readonly activation: Activation;
  readonly epsilon: number;
}

/** What a block shows to a trace, by its parts; names as in TransformerLens's `T5Block`, without `hook_`. */
export function t5BlockNames(stack: string, layers: number, { cross = false, gated = false } = {}): string[] {
  const names = [
    "resid_pre",
    "ln1.normalized",
    ...ATTENTION_NAMES.map((name) => `attn.${name}`),
    "attn_out",
    "resid_mid",
    "ln2.normalized",
    ...(cross ? ATTENTION_NAMES.map((name) => `cross_attn.${name}`) : []),
    ...(cross ? ["cross_attn_out", "resid_mid_cross", "ln3.normalized"] : []),
    "mlp.pre",
    ...(gated ? ["mlp.pre_linear"] : []),
    "mlp.post",
    "mlp_out",
    "resid_post",
  ];
  return Array.from({ length: layers }, (_, i) => names.map((name) => `${stack}.${i}.${name}`)).flat();
}

// #region t5-block
/**
 * A block of T5 (Raffel et al. 2020): each sub-layer reads the residual stream through an RMS norm and adds to it.
 *
 * @param x [batch, tokens, width]
 * @param memory needed if the block has cross-attention
 * @returns [batch, tokens, width]
 */
export function t5Block(
  tape: Tape,
  x: Tensor,
  { attention: own, cross, feedForward }: T5BlockWeights,
  options: T5BlockOptions,
  watch: Watch,
  memory: Memory | null = null,
): Tensor {
  const { batch, heads, causal, lengths, bias, epsilon } = options;
  watch.tensor("resid_pre", x);
  const normal = normalize(tape, x, own.norm, epsilon, watch.at("ln1"));
  const among = { batch, heads, causal, bias, ...(lengths && { lengths }) };
  const attended = attend(tape, normal, normal, own, among, watch.at("attn"));
  watch.tensor("attn_out", attended);
  let stream = add(tape, x, attended);
  watch.tensor("resid_mid", stream);

  if (cross && memory) {
    const asking = normalize(tape, stream, cross.norm, epsilon, watch.at("ln2"));
    const { states, ...rest } = memory;
    const read = attend(
      tape,
      asking,
      states,
      cross,
      { batch, heads, causal: false, scale: 1, ...rest },
      watch.at("cross_attn"),
    );
    watch.tensor("cross_attn_out", read);
    stream = add(tape, stream, read);
    watch.tensor("resid_mid_cross", stream);
  }

  const input = normalize(tape, stream, feedForward.norm, epsilon, watch.at(cross ? "ln3" : "ln2"));
  const fed = feed(tape, input, feedForward, options.activation, watch.at("mlp"));
  watch.tensor("mlp_out", fed);
  const output = add(tape, stream, fed);
  watch.tensor("resid_post", output);
  return output;
}
// #endregion

/** x · weightᵀ: a layer without bias. */
function project(tape: Tape, x: Tensor, weight: Parameter): Tensor {
  return linear(tape, x, weight, null, { transposed: true });
}

function normalize(tape: Tape, x: Tensor, gain: Parameter, epsilon: number, watch: Watch): Tensor {
  const normal = rmsNorm(tape, x, gain, epsilon);
  watch.tensor("normalized", normal);
  return normal;
}

// #region attention
/** Attention whose scores are not scaled; those of the tokens among themselves have a bias added for their distances. */
function attend(
  tape: Tape,
  x: Tensor,
  memory: Tensor,
  weights: T5AttentionWeights,
  options: AttentionOptions,
  watch: Watch,
): Tensor {
  const q = project(tape, x, weights.query);
  const k = project(tape, memory, weights.key);
  const v = project(tape, memory, weights.value);
  const { mixed, pattern } = attention(tape, q, k, v, options);
  watchAttention({ q, k, v, pattern, z: mixed }, options, watch);
  return project(tape, mixed, weights.output);
}
// #endregion

// #region feed-forward
/** Two layers with a bend between them; gated, what is bent is multiplied with what is not (Shazeer 2020). */
function feed(
  tape: Tape,
  x: Tensor,
  { expand, straight, contract }: T5BlockWeights["feedForward"],
  activation: Activation,
  watch: Watch,
): Tensor {
  const before = project(tape, x, expand);
  watch.tensor("pre", before);
  let hidden = activate(tape, before, activation);
  if (straight) {
    const gate = project(tape, x, straight);
    watch.tensor("pre_linear", gate);
    hidden = multiply(tape, hidden, gate);
  }
  watch.tensor("post", hidden);
  return project(tape, hidden, contract);
}
// #endregion
