import { expect } from "vitest";
import type { Backend } from "../../backends/backend.ts";
import type { Storage } from "../../backends/storage.ts";
import { Random } from "../../random.ts";

/** A number that no operation under test gives: where it stands, nobody wrote. */
export const STALE = -7;

export interface Gradient {
  readonly storage: Storage;
  expectAdded(expected: ArrayLike<number>): Promise<void>;
}

/** A backend under test, with random numbers to give it. */
export class Workbench {
  #backend: Backend | null = null;
  #random = new Random(1);
  #placed: Storage[] = [];

  /** Tests are described before there is a backend, and run after this. */
  start(backend: Backend): void {
    this.#backend = backend;
  }

  get backend(): Backend {
    if (!this.#backend) throw new Error("The workbench has no backend yet.");
    return this.#backend;
  }

  /** Uniform in [-scale, scale). */
  numbers(length: number, scale = 1): Float32Array {
    return Float32Array.from({ length }, () => (this.#random.uniform() * 2 - 1) * scale);
  }

  /** Uniform in 0 … below - 1. */
  indices(length: number, below: number): Int32Array {
    return Int32Array.from({ length }, () => this.#random.uint32() % below);
  }

  place(data: Float32Array | Int32Array): Storage {
    const storage = this.backend.alloc(data.length);
    this.#placed.push(storage);
    this.backend.upload(storage, data);
    return storage;
  }

  /** A storage full of `STALE`. */
  blank(length: number): Storage {
    return this.place(new Float32Array(length).fill(STALE));
  }

  /** A gradient to which others have added already: what an operation adds must come on top. */
  gradient(length: number): Gradient {
    const before = this.numbers(length);
    const storage = this.place(before);
    const expectAdded = async (expected: ArrayLike<number>) => {
      await this.expectNumbers(
        storage,
        Float64Array.from(before, (value, i) => value + expected[i]!),
      );
    };
    return { storage, expectAdded };
  }

  readAll(...storages: Storage[]): Promise<Float32Array[]> {
    return this.backend.read(storages.map((storage) => ({ storage, offset: 0, length: storage.length })));
  }

  async expectNumbers(storage: Storage, expected: ArrayLike<number>): Promise<void> {
    const [actual] = await this.readAll(storage);
    expectClose(actual!, expected);
  }

  /** Takes away what was placed, and starts the random numbers anew: no test depends on those before it. */
  clear(): void {
    for (const storage of this.#placed) this.backend.free(storage);
    this.#placed = [];
    this.#random = new Random(1);
  }
}

/** Equal up to `tolerance` of the largest number expected (f32 sums of some hundred terms lose a few of their 24 bits). */
export function expectClose(actual: Float32Array, expected: ArrayLike<number>, tolerance = 1e-5): void {
  expect(actual.length).toBe(expected.length);
  let scale = 1;
  for (let i = 0; i < expected.length; i++) scale = Math.max(scale, Math.abs(expected[i]!));
  const wrong = actual.findIndex((value, i) => !(Math.abs(value - expected[i]!) <= tolerance * scale));
  if (wrong >= 0) expect.fail(`number ${wrong} is ${actual[wrong]}, not ${expected[wrong]}`);
}

/** Equal up to `tolerance` of each number expected: for results of very different sizes, in none of which anything cancels. */
export function expectEachClose(actual: Float32Array, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  // Below this a GPU may count as zero.
  const smallest = 1e-35;
  const wrong = actual.findIndex((value, i) => {
    return !(Math.abs(value - expected[i]!) <= tolerance * Math.abs(expected[i]!) + smallest);
  });
  if (wrong >= 0) expect.fail(`number ${wrong} is ${actual[wrong]}, not ${expected[wrong]}`);
}
