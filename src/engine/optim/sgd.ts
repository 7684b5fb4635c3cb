import type { Backend } from "../backends/backend.ts";
import type { Storage } from "../backends/storage.ts";
import type { TrainableParameter } from "../tensor/parameters.ts";
import { Optimizer, type ParameterGroup, type Update } from "./optimizer.ts";

export interface SgdOptions {
  /** Share of the last step's velocity that is kept (Polyak 1964). */
  readonly momentum?: number;
  /** Largest norm of all gradients together. */
  readonly maxNorm?: number;
}

/** Stochastic gradient descent, with momentum as PyTorch defines it: velocity ← momentum · velocity + gradient. */
export class Sgd extends Optimizer {
  readonly #settings: Required<SgdOptions>;

  constructor(
    backend: Backend,
    groups: readonly ParameterGroup[],
    { momentum = 0, maxNorm = Number.POSITIVE_INFINITY }: SgdOptions = {},
  ) {
    super(backend, groups, 1);
    this.#settings = { momentum, maxNorm };
  }

  protected override update(
    backend: Backend,
    { storage, gradient }: TrainableParameter,
    [velocity]: readonly Storage[],
    { squares, learningRate, weightDecay }: Update,
  ): void {
    backend.sgd(storage, gradient, velocity!, squares, { ...this.#settings, learningRate, weightDecay });
  }
}
