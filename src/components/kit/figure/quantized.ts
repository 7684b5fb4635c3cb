import { maxOf, minOf } from "../../../engine/statistics.ts";

/** Numbers in 256 steps from the least to the largest, for a figure that is sent with the page and draws them as colours, which are fewer. */
export interface Quantized {
  readonly low: number;
  readonly high: number;
  readonly levels: Uint8Array;
}

const STEPS = 255;

/** @param domain in which the steps lie, where it is known: without, all numbers fit */
export function quantized(numbers: ArrayLike<number>, domain?: readonly [low: number, high: number]): Quantized {
  const [low, high] = domain ?? [minOf(numbers), maxOf(numbers)];
  const step = (high - low) / STEPS || 1;
  return { low, high, levels: Uint8Array.from(numbers, (value) => Math.round((value - low) / step)) };
}

/** The numbers, each within half a step. */
export function restored({ low, high, levels }: Quantized): Float32Array {
  return Float32Array.from(levels, (level) => low + (level * (high - low)) / STEPS);
}
