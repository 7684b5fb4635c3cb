import type { Backend } from "../backends/backend.ts";
import type { Span, Storage } from "../backends/storage.ts";
import type { Parameters, TrainableParameter } from "../tensor/parameters.ts";
import { Scope } from "../tensor/scope.ts";

/** Parameters that share a weight decay: PyTorch's "param group". */
export interface ParameterGroup {
  readonly parameters: readonly TrainableParameter[];
  readonly weightDecay: number;
}

/** All trained parameters. Weight decay for matrices and tables only, as is usual: none for biases and the gains of layer norms. */
export function decayMatrices(parameters: Parameters, weightDecay: number): ParameterGroup[] {
  const all = parameters.trainable();
  return [
    { parameters: all.filter(({ shape }) => shape.length > 1), weightDecay },
    { parameters: all.filter(({ shape }) => shape.length <= 1), weightDecay: 0 },
  ];
}

/** What one step does to every parameter. */
export interface Update {
  readonly learningRate: number;
  readonly weightDecay: number;
  /** Which step this is, from 1. */
  readonly step: number;
  /** Σ gradient² over all parameters, on the device. */
  readonly squares: Storage;
}

/**
 * What the optimisers share: groups of parameters, a state that `dispose` frees, and the norm of all gradients together, by which the
 * update kernels clip them (Pascanu et al. 2013) without a read-back.
 */
export abstract class Optimizer {
  readonly #memory: Scope;
  readonly #groups: readonly ParameterGroup[];
  readonly #squares: Storage;
  /** What the optimiser remembers of each parameter: storages as long as it, zero before the first step. */
  readonly #states = new Map<TrainableParameter, readonly Storage[]>();
  #steps = 0;

  /** @param remembered storages for each parameter @throws EngineError `out-of-memory` */
  protected constructor(backend: Backend, groups: readonly ParameterGroup[], remembered: number) {
    this.#memory = new Scope(backend);
    this.#groups = groups;
    try {
      this.#squares = this.#memory.zeros(1);
      for (const parameter of groups.flatMap(({ parameters }) => parameters)) {
        const { length } = parameter.gradient;
        this.#states.set(
          parameter,
          Array.from({ length: remembered }, () => this.#memory.zeros(length)),
        );
      }
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  /** @param state what is remembered of the parameter */
  protected abstract update(
    backend: Backend,
    parameter: TrainableParameter,
    state: readonly Storage[],
    update: Update,
  ): void;

  /** Where the squared norm of the last step's gradients, before clipping, can be read, in one batch with the loss. */
  get squaredNorm(): Span {
    return { storage: this.#squares, offset: 0, length: 1 };
  }

  /** Moves every parameter once, by the gradient that it holds now; the gradients stay as they are. */
  step(learningRate: number): void {
    const { backend } = this.#memory;
    const squares = this.#squares;
    backend.fill(squares, 0, 1);
    for (const { parameters } of this.#groups) {
      for (const { gradient } of parameters) backend.addSquares(squares, gradient, gradient.length);
    }
    this.#steps++;
    for (const { parameters, weightDecay } of this.#groups) {
      const update = { learningRate, weightDecay, step: this.#steps, squares };
      for (const parameter of parameters) this.update(backend, parameter, this.#states.get(parameter)!, update);
    }
  }

  /** Frees the optimiser's state; the parameters are their model's. */
  dispose(): void {
    this.#memory.dispose();
  }
}
