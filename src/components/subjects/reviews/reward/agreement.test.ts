import { expect, test } from "vitest";
import { agreement } from "./agreement.ts";

test("the same order, its opposite, and nothing to tell apart", () => {
  expect(agreement([1, 2, 3], [0.1, 0.2, 9])).toBe(1);
  expect(agreement([1, 2, 3], [3, 2, 1])).toBe(0);
  expect(agreement([1, 2, 3], [5, 5, 5])).toBe(0.5);
  expect(agreement([1, 2, 3], [1, 3, 2])).toBeCloseTo(2 / 3, 12);
  expect(agreement([1], [1])).toBeNull();
});
