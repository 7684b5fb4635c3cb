import { expect, it } from "vitest";
import { shadeOf } from "./shade.ts";

it("is full for a certain token, none for one in a thousand, and grows in between", () => {
  expect(shadeOf(0)).toBe(1);
  expect(shadeOf(Math.log(0.0009))).toBe(0);
  expect(shadeOf(Number.NEGATIVE_INFINITY)).toBe(0);
  expect(shadeOf(Math.log(0.5))).toBeGreaterThan(shadeOf(Math.log(0.05)));
});
