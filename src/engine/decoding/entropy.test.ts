import { expect, it } from "vitest";
import { entropyBits } from "./entropy.ts";

it("is log₂ of the number of equally likely tokens", () => {
  expect(entropyBits(new Float32Array(8).fill(1 / 8))).toBeCloseTo(3, 6);
  expect(entropyBits(Float32Array.of(0, 1, 0))).toBe(0);
});
