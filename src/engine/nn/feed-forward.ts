import type { Activation } from "../backends/operations.ts";
import { gelu, geluTanh, relu, silu, tanh } from "../tensor/ops/elementwise.ts";
import type { Tape, Tensor } from "../tensor/tape.ts";
import { applyLinear, type LinearWeights } from "./linear.ts";
import type { Watch } from "./watch.ts";

const ACTIVATIONS = { gelu, geluTanh, relu, silu, tanh } as const satisfies Readonly<Record<Activation, unknown>>;

export function activate(tape: Tape, x: Tensor, activation: Activation): Tensor {
  return ACTIVATIONS[activation](tape, x);
}

export interface FeedForwardWeights {
  /** [innerWidth, width] */
  readonly expand: LinearWeights;
  /** [width, innerWidth] */
  readonly contract: LinearWeights;
}

// #region feed-forward
/**
 * Two linear layers with a bend between them, for every token alone.
 *
 * @param x [..., width]
 * @returns [..., width]
 */
export function feedForward(
  tape: Tape,
  x: Tensor,
  { expand, contract }: FeedForwardWeights,
  activation: Activation,
  watch: Watch,
): Tensor {
  const hidden = applyLinear(tape, x, expand);
  watch.tensor("pre", hidden);
  const active = activate(tape, hidden, activation);
  watch.tensor("post", active);
  return applyLinear(tape, active, contract);
}
// #endregion
