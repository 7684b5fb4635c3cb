import { expect, it } from "vitest";
import { drawToken } from "./multinomial.ts";

it.each([
  [0, 1],
  [0.24, 1],
  [0.26, 3],
  [0.74, 3],
  [0.76, 4],
  [1 - 2 ** -32, 4],
])("the uniform number %f falls on the piece of token %i", (uniform, token) => {
  // Tokens of probability 0 at both ends and between: none of them is ever drawn.
  const probabilities = Float32Array.of(0, 0.25, 0, 0.5, 0.25, 0);
  expect(drawToken(probabilities, { uniform: () => uniform })).toBe(token);
});

it("copes with a sum that is not exactly 1", () => {
  expect(drawToken(Float32Array.of(0.3, 0.3, 0.3), { uniform: () => 1 - 2 ** -32 })).toBe(2);
});
