import type { Backend, Storage } from "../backends/backend.ts";
import type { TrainableParameter } from "../tensor/parameters.ts";
import { Optimizer, type ParameterGroup, type Update } from "./optimizer.ts";

export interface AdamWOptions {
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  /** Largest norm of all gradients together. */
  readonly maxNorm?: number;
}

/** AdamW (Loshchilov & Hutter 2019), with PyTorch's defaults; clipping as `clip_grad_norm_`. */
export class AdamW extends Optimizer {
  readonly #settings: Required<AdamWOptions>;
  readonly #moments = new Map<TrainableParameter, { first: Storage; second: Storage }>();

  constructor(
    backend: Backend,
    groups: readonly ParameterGroup[],
    { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, maxNorm = Number.POSITIVE_INFINITY }: AdamWOptions = {},
  ) {
    super(backend, groups);
    this.#settings = { beta1, beta2, epsilon, maxNorm };
    for (const parameter of groups.flatMap(({ parameters }) => parameters)) {
      const { length } = parameter.gradient;
      this.#moments.set(parameter, { first: this.memory.zeros(length), second: this.memory.zeros(length) });
    }
  }

  protected override update(parameter: TrainableParameter, { squares, ...update }: Update): void {
    const { first, second } = this.#moments.get(parameter)!;
    const settings = { ...this.#settings, ...update };
    this.memory.backend.adamW(parameter.storage, parameter.gradient, first, second, squares, settings);
  }
}
