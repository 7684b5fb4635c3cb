import type { Backend } from "../backends/backend.ts";
import { type PackedStorage, wordsOf } from "../backends/packed.ts";
import type { Storage } from "../backends/storage.ts";
import { EngineError } from "../errors.ts";
import { halvesToFloat32 } from "./half.ts";
import { Scope } from "./scope.ts";
import { sizeOf, type Tensor } from "./tape.ts";

/** A weight of a model. `gradient` is null where it is frozen. */
export interface Parameter extends Tensor {
  readonly name: string;
}

/** A matrix in half precision on the host (see `HalfStorage`). */
export interface HalfMatrix {
  readonly format: "f16";
  /** The bits of the numbers, row-major. */
  readonly codes: Uint16Array;
}

/** A matrix of 8-bit integers on the host, with a scale for each channel: a weight is scale · code (see `QuantizedStorage`). */
export interface QuantizedMatrix {
  readonly format: "i8";
  /** Row-major. */
  readonly codes: Int8Array;
  readonly scales: Float32Array;
  /** Along which axis the scales lie. */
  readonly channels: "rows" | "columns";
}

/** A matrix on the host, of less than 32 bits a number. */
export type PackedMatrix = HalfMatrix | QuantizedMatrix;

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

  /** Adds a weight. @param trainable whether gradients of it are collected; not of a packed one */
  add(name: string, shape: readonly number[], data: Float32Array | PackedMatrix, trainable: boolean): Parameter {
    const length = sizeOf(shape);
    const given = data instanceof Float32Array ? data.length : data.codes.length;
    if (given !== length) throw new EngineError("internal", `${name}: ${given} numbers for [${shape}]`);
    if (trainable && !(data instanceof Float32Array)) throw new EngineError("internal", `${name} is packed`);
    if (this.#all.has(name)) throw new EngineError("internal", `two weights named ${name}`);
    const parameter = {
      name,
      shape,
      storage: this.#upload(data),
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

  #upload(data: Float32Array | PackedMatrix): Storage {
    if (data instanceof Float32Array) return this.#memory.upload(data);
    if (data.format === "f16" && !this.backend.prefersHalves) return this.#memory.upload(halvesToFloat32(data.codes));
    return this.#packed(data);
  }

  #packed(matrix: PackedMatrix): PackedStorage {
    const { length } = matrix.codes;
    const codes = this.#memory.upload(wordsOf(matrix.codes));
    if (matrix.format === "f16") return { format: "f16", length, codes };
    return { format: "i8", length, codes, scales: this.#memory.upload(matrix.scales), channels: matrix.channels };
  }
}
