import { layerNorm } from "../tensor/ops/normalization.ts";
import type { Parameter } from "../tensor/parameters.ts";
import type { Tape, Tensor } from "../tensor/tape.ts";
import { constant, type WeightBuilder } from "./weights.ts";

/** Layer normalisation (Ba et al. 2016) as PyTorch's `nn.LayerNorm` stores it: "weight" is the gain. */
export interface LayerNormWeights {
  /** [width] */
  readonly gain: Parameter;
  /** [width] */
  readonly bias: Parameter;
}

export function layerNormWeights(weights: WeightBuilder, width: number): LayerNormWeights {
  return {
    gain: weights.take("weight", [width], constant(1)),
    bias: weights.take("bias", [width], constant(0)),
  };
}

/**
 * @param x [..., width]
 * @param epsilon added to the variance
 * @returns [..., width]
 */
export function applyLayerNorm(tape: Tape, x: Tensor, { gain, bias }: LayerNormWeights, epsilon: number): Tensor {
  return layerNorm(tape, x, gain, bias, epsilon);
}
