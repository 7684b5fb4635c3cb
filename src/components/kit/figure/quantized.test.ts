import { expect, test } from "vitest";
import { quantized, restored } from "./quantized.ts";

test("numbers come back within half a step, the ends as they were", () => {
  const numbers = Array.from({ length: 1000 }, (_, i) => Math.sin(i) * 40 - 3);
  const { low, high, levels } = quantized(numbers);
  expect(levels).toHaveLength(1000);
  const back = restored({ low, high, levels });
  for (const [i, value] of numbers.entries()) expect(Math.abs(back[i]! - value)).toBeLessThan((high - low) / 509);
  expect(Math.max(...back)).toBeCloseTo(high, 4);
  expect(restored(quantized([7, 7]))).toEqual(Float32Array.of(7, 7));
});

test("a probability stays on its side of one half", () => {
  for (const p of [0, 0.4999, 0.501, 1]) expect(restored(quantized([p], [0, 1]))[0]! > 0.5).toBe(p > 0.5);
});
