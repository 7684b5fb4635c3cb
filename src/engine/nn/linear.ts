import { linear } from "../tensor/ops/linear.ts";
import type { Parameter } from "../tensor/parameters.ts";
import type { Tape, Tensor } from "../tensor/tape.ts";
import { constant, type Initialize, type WeightBuilder } from "./weights.ts";

/** A linear layer as PyTorch's `nn.Linear` stores it. */
export interface LinearWeights {
  /** [columns, inner] */
  readonly weight: Parameter;
  /** [columns] */
  readonly bias: Parameter;
}

/** @param initializeBias zeros where it is left out */
export function linearWeights(
  weights: WeightBuilder,
  inner: number,
  columns: number,
  initialize: Initialize,
  initializeBias: Initialize = constant(0),
): LinearWeights {
  return {
    weight: weights.take("weight", [columns, inner], initialize),
    bias: weights.take("bias", [columns], initializeBias),
  };
}

/**
 * x · weightᵀ + bias.
 *
 * @param x [..., inner]
 * @returns [..., columns]
 */
export function applyLinear(tape: Tape, x: Tensor, { weight, bias }: LinearWeights): Tensor {
  return linear(tape, x, weight, bias, { transposed: true });
}
