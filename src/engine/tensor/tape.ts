import type { Backend } from "../backends/backend.ts";
import type { Storage } from "../backends/storage.ts";
import { EngineError } from "../errors.ts";
import { Scope } from "./scope.ts";

/** Numbers on a backend with a shape, row-major. Where a tape wants it, `gradient` collects the gradient of the loss by them. */
export interface Tensor {
  readonly storage: Storage;
  readonly shape: readonly number[];
  /** As long as `storage`; null where no gradient is wanted: inputs, targets, frozen weights. */
  readonly gradient: Storage | null;
}

/**
 * What one step of training, or one forward pass, computes. Operations (`ops/`) take the tape first; they put their results in its memory and, if a
 * gradient is wanted, note how it flows back. Reverse-mode automatic differentiation on a tape, as in Wengert 1964.
 *
 * Gradients add up: a tensor that is used twice gets both parts.
 */
export class Tape {
  readonly backend: Backend;
  readonly memory: Scope;
  /** Null on a tape that only computes. */
  readonly #backward: (() => void)[] | null;

  /** @param gradients "off" for inference: nothing is kept for a way back */
  constructor(backend: Backend, gradients: "on" | "off" = "on") {
    this.backend = backend;
    this.memory = new Scope(backend);
    this.#backward = gradients === "on" ? [] : null;
  }

  /** A tensor of host numbers, without a gradient. */
  constant(data: Float32Array, shape: readonly number[]): Tensor {
    if (sizeOf(shape) !== data.length) throw new EngineError("internal", `${data.length} numbers for shape [${shape}]`);
    return { storage: this.memory.upload(data), shape, gradient: null };
  }

  /** The same numbers as an input to what follows, such as embeddings that are to be explained: their gradient is collected and flows no further. */
  leaf({ storage, shape }: Tensor): Tensor {
    return { storage, shape, gradient: this.memory.zeros(sizeOf(shape)) };
  }

  /** Indices for the operations that take them. */
  indices(data: Int32Array): Storage {
    return this.memory.upload(data);
  }

  /**
   * An operation's result, not computed yet: a gradient of zeros comes with it if one of the operands has a gradient.
   */
  result(shape: readonly number[], operands: readonly Tensor[]): Tensor {
    const length = sizeOf(shape);
    const storage = this.memory.alloc(length);
    if (!this.#backward || !operands.some((operand) => operand.gradient)) return { storage, shape, gradient: null };
    return { storage, shape, gradient: this.memory.zeros(length) };
  }

  /** The same numbers, and the same gradient, under another shape of equal size. */
  view(x: Tensor, shape: readonly number[]): Tensor {
    if (sizeOf(shape) !== sizeOf(x.shape)) throw new EngineError("internal", `[${x.shape}] seen as [${shape}]`);
    return { ...x, shape };
  }

  /** Notes how the gradient of an operation's result flows back to its operands. Not called if the result has none. */
  record(result: Tensor, flowBack: (dy: Storage) => void): void {
    const dy = result.gradient;
    if (dy) this.#backward?.push(() => flowBack(dy));
  }

  /**
   * Adds the gradients of a scalar loss to all tensors that it depends on and that want one. The tape can be run back once.
   * @throws EngineError `internal` if the loss depends on nothing that has a gradient, or if the tape was run back before
   */
  backward(loss: Tensor): void {
    if (sizeOf(loss.shape) !== 1) throw new EngineError("internal", `a loss of shape [${loss.shape}]`);
    if (!loss.gradient || !this.#backward?.length) throw new EngineError("internal", "nothing to flow back to");
    this.backend.fill(loss.gradient, 1, 1);
    for (let step = this.#backward.pop(); step; step = this.#backward.pop()) step();
  }

  /** Frees everything that was computed. */
  dispose(): void {
    this.memory.dispose();
    if (this.#backward) this.#backward.length = 0;
  }
}

/** Number of elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** A tensor seen as rows of vectors along its last axis. */
export function matrixOf({ shape }: Tensor): { rows: number; width: number } {
  const width = shape.at(-1) ?? 0;
  return { rows: sizeOf(shape) / width, width };
}
