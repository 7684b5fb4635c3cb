import type { Backend, Storage } from "../backends/backend.ts";
import { EngineError } from "../errors.ts";
import { Scope } from "./scope.ts";
import { sizeOf, type Tensor } from "./tape.ts";

/** A weight of a model. `gradient` is null where it is frozen. */
export interface Parameter extends Tensor {
  readonly name: string;
}

/** A weight that is trained. */
export interface TrainableParameter extends Parameter {
  readonly gradient: Storage;
}

/**
 * The weights of a model by name, in the order in which they were added, with their gradients. They outlive every tape; `dispose` frees them.
 */
export class Parameters implements Iterable<Parameter> {
  readonly backend: Backend;
  #memory: Scope;
  #all = new Map<string, Parameter>();

  constructor(backend: Backend) {
    this.backend = backend;
    this.#memory = new Scope(backend);
  }

  /** Adds a weight. @param trainable whether gradients of it are collected */
  add(name: string, shape: readonly number[], data: Float32Array, trainable: boolean): Parameter {
    if (sizeOf(shape) !== data.length)
      throw new EngineError("internal", `${name}: ${data.length} numbers for [${shape}]`);
    if (this.#all.has(name)) throw new EngineError("internal", `two weights named ${name}`);
    const parameter = {
      name,
      shape,
      storage: this.#memory.upload(data),
      gradient: trainable ? this.#memory.zeros(data.length) : null,
    };
    this.#all.set(name, parameter);
    return parameter;
  }

  /** @throws EngineError `internal` if there is none */
  get(name: string): Parameter {
    const parameter = this.#all.get(name);
    if (!parameter) throw new EngineError("internal", `no weight named ${name}`);
    return parameter;
  }

  /** Those that are trained. */
  trainable(): TrainableParameter[] {
    return [...this].filter((parameter): parameter is TrainableParameter => parameter.gradient !== null);
  }

  zeroGradients(): void {
    for (const { gradient } of this.trainable()) this.backend.fill(gradient, 0, gradient.length);
  }

  [Symbol.iterator](): Iterator<Parameter> {
    return this.#all.values();
  }

  dispose(): void {
    this.#memory.dispose();
    this.#all.clear();
  }
}
