import type { Backend } from "../backends/backend.ts";
import { applyLinear, type LinearWeights, linearWeights } from "../nn/linear.ts";
import { type Initialize, WeightBuilder, type WeightSource } from "../nn/weights.ts";
import { orthogonal } from "../tensor/init.ts";
import { affine, tanh } from "../tensor/ops/elementwise.ts";
import { crossEntropy } from "../tensor/ops/losses.ts";
import { Parameters } from "../tensor/parameters.ts";
import { sizeOf, type Tape, type Tensor } from "../tensor/tape.ts";

export interface PolicyConfig {
  /** Numbers in one observation. */
  readonly observationSize: number;
  /** The actions are 0 … actions − 1. */
  readonly actions: number;
  /** Width of both hidden layers of either network. */
  readonly width: number;
}

// #region policy
/**
 * The two networks of PPO for small control tasks (Schulman et al. 2017): a policy and a value function, each of two tanh layers, with
 * nothing in common. Weights start orthogonal, with a small gain at the policy's end, so that at first all actions are about equally
 * likely (Andrychowicz et al. 2021).
 */
export class PolicyAndValue {
  readonly parameters: Parameters;
  readonly #policy: readonly LinearWeights[];
  readonly #value: readonly LinearWeights[];

  constructor(backend: Backend, { observationSize, actions, width }: PolicyConfig, source: WeightSource) {
    this.parameters = new Parameters(backend);
    const weights = new WeightBuilder(this.parameters, source);
    const layers = (name: string, outputs: number, lastGain: number): LinearWeights[] => [
      linearWeights(weights.at(`${name}.0`), observationSize, width, orthogonalRows(width, Math.SQRT2)),
      linearWeights(weights.at(`${name}.1`), width, width, orthogonalRows(width, Math.SQRT2)),
      linearWeights(weights.at(`${name}.2`), width, outputs, orthogonalRows(outputs, lastGain)),
    ];
    this.#policy = layers("policy", actions, 0.01);
    this.#value = layers("value", 1, 1);
  }

  /** @param observations [rows, observationSize] @returns logits of the actions, [rows, actions] */
  policy(tape: Tape, observations: Tensor): Tensor {
    return perceptron(tape, observations, this.#policy);
  }

  /** @param observations [rows, observationSize] @returns the return expected from each on, [rows] */
  value(tape: Tape, observations: Tensor): Tensor {
    const values = perceptron(tape, observations, this.#value);
    return tape.view(values, [sizeOf(values.shape)]);
  }

  dispose(): void {
    this.parameters.dispose();
  }
}
// #endregion

/**
 * log p(action) of every row under softmax(logits). For a language model the actions are tokens.
 *
 * @param logits [rows, actions]
 * @returns [rows]
 */
export function logProbability(tape: Tape, logits: Tensor, actions: Int32Array): Tensor {
  return affine(tape, crossEntropy(tape, logits, actions), -1);
}

function perceptron(tape: Tape, x: Tensor, layers: readonly LinearWeights[]): Tensor {
  return layers.reduce((input, layer, i) => {
    const output = applyLinear(tape, input, layer);
    return i < layers.length - 1 ? tanh(tape, output) : output;
  }, x);
}

function orthogonalRows(rows: number, gain: number): Initialize {
  return (random, length) => orthogonal(random, rows, length / rows, gain);
}
