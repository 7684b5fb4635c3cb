import type { Backend, QuantizedStorage, Storage } from "../backends/backend.ts";
import { EngineError } from "../errors.ts";
import { Scope } from "./scope.ts";
import { sizeOf, type Tensor } from "./tape.ts";

/** A weight of a model. `gradient` is null where it is frozen. */
export interface Parameter extends Tensor {
  readonly name: string;
}

/** A matrix of 8-bit integers on the host, with a scale for each channel: a weight is scale · code (see `QuantizedStorage`). */
export interface QuantizedMatrix {
  /** Row-major. */
  readonly codes: Int8Array;
  readonly scales: Float32Array;
  /** Along which axis the scales lie. */
  readonly channels: "rows" | "columns";
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

  /** Adds a weight. @param trainable whether gradients of it are collected; not of a quantized one */
  add(name: string, shape: readonly number[], data: Float32Array | QuantizedMatrix, trainable: boolean): Parameter {
    const length = sizeOf(shape);
    const given = data instanceof Float32Array ? data.length : data.codes.length;
    if (given !== length) throw new EngineError("internal", `${name}: ${given} numbers for [${shape}]`);
    if (trainable && !(data instanceof Float32Array)) throw new EngineError("internal", `${name} is quantized`);
    if (this.#all.has(name)) throw new EngineError("internal", `two weights named ${name}`);
    const parameter = {
      name,
      shape,
      storage: data instanceof Float32Array ? this.#memory.upload(data) : this.#quantized(data),
      gradient: trainable ? this.#memory.zeros(length) : null,
    };
    this.#all.set(name, parameter);
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

  #quantized({ codes, scales, channels }: QuantizedMatrix): QuantizedStorage {
    const packed = new Int32Array(Math.ceil(codes.length / 4));
    new Int8Array(packed.buffer).set(codes);
    return { length: codes.length, codes: this.#memory.upload(packed), scales: this.#memory.upload(scales), channels };
  }
}
