import type { Backend } from "../backends/backend.ts";
import type { Storage } from "../backends/storage.ts";
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

  constructor(
    backend: Backend,
    groups: readonly ParameterGroup[],
    { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, maxNorm = Number.POSITIVE_INFINITY }: AdamWOptions = {},
  ) {
    super(backend, groups, 2);
    this.#settings = { beta1, beta2, epsilon, maxNorm };
  }

  protected override update(
    backend: Backend,
    { storage, gradient }: TrainableParameter,
    [first, second]: readonly Storage[],
    { squares, ...update }: Update,
  ): void {
    backend.adamW(storage, gradient, first!, second!, squares, { ...this.#settings, ...update });
  }
}
