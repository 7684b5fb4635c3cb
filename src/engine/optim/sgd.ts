import type { Backend, Storage } from "../backends/backend.ts";
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
  readonly #velocities = new Map<TrainableParameter, Storage>();

  constructor(
    backend: Backend,
    groups: readonly ParameterGroup[],
    { momentum = 0, maxNorm = Number.POSITIVE_INFINITY }: SgdOptions = {},
  ) {
    super(backend, groups);
    this.#settings = { momentum, maxNorm };
    for (const parameter of groups.flatMap(({ parameters }) => parameters)) {
      this.#velocities.set(parameter, this.memory.zeros(parameter.gradient.length));
    }
  }

  protected override update(parameter: TrainableParameter, { squares, learningRate, weightDecay }: Update): void {
    const settings = { ...this.#settings, learningRate, weightDecay };
    const velocity = this.#velocities.get(parameter)!;
    this.memory.backend.sgd(parameter.storage, parameter.gradient, velocity, squares, settings);
  }
}
