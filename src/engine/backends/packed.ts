import { EngineError } from "../errors.ts";
import type { Storage } from "./storage.ts";

// Matrices of less than 32 bits a number, as checkpoints have them and models keep them while nothing is trained.

/** A matrix in half precision (IEEE 754 binary16), all numbers finite: `linear` and `gather` compute with exactly these numbers, in f32. */
export interface HalfStorage extends Storage {
  readonly format: "f16";
  /** Row-major, two to a 32-bit number, the lower half first. */
  readonly codes: Storage;
}

/**
 * A matrix of 8-bit integers with an f32 scale for each channel: `linear` and `gather` compute with scale · code. The channels are a layer's
 * outputs: the columns of an [inner × columns] weight, the rows of a transposed one and of a table.
 */
export interface QuantizedStorage extends Storage {
  readonly format: "i8";
  /** Row-major, four to a 32-bit number, the lowest byte first. */
  readonly codes: Storage;
  readonly scales: Storage;
  /** Along which axis of the stored matrix the scales lie. */
  readonly channels: "rows" | "columns";
}

/** A matrix of less than 32 bits a number, which `linear` takes as a weight and `gather` as a table. */
export type PackedStorage = HalfStorage | QuantizedStorage;

/**
 * The storage as what it is packed as; null if it holds plain numbers.
 * @param channels where the operation needs the scales of a quantized one
 * @throws EngineError `internal` if they lie along the other axis
 */
export function packed(storage: Storage, channels: QuantizedStorage["channels"]): PackedStorage | null {
  if (!("format" in storage)) return null;
  const matrix = storage as PackedStorage;
  if (matrix.format === "i8" && matrix.channels !== channels) {
    throw new EngineError("internal", `a weight quantized by ${matrix.channels}`);
  }
  return matrix;
}

/** Packed numbers of the host as the 32-bit numbers that `codes` are: their own memory where it is aligned, or else a copy. */
export function wordsOf({ buffer, byteOffset, byteLength }: Uint16Array | Int8Array): Int32Array {
  if (byteOffset % 4 === 0 && byteLength % 4 === 0) return new Int32Array(buffer, byteOffset, byteLength / 4);
  const words = new Int32Array(Math.ceil(byteLength / 4));
  new Uint8Array(words.buffer).set(new Uint8Array(buffer, byteOffset, byteLength));
  return words;
}
