import { expect, it } from "vitest";
import { formatMark, textProblem } from "./format-marks.ts";

it("lets no text break out of its format", () => {
  expect(textProblem("好[答]坏")).toContain("「[答]」");
  expect(textProblem("[END]")).toContain("「[END]」");
  expect(textProblem("[MASK] [好]")).toBeUndefined();
  expect(textProblem("")).toBeUndefined();
  expect(formatMark("甲[文]乙[评]")).toBe("[文]");
});
