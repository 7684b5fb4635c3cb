import { expect, it } from "vitest";
import { gapProblem, withMasks } from "./gaps.ts";

it("knows a mask however it is typed", () => {
  expect(withMasks("天[mask]很［MASK］，【 Mask 】")).toBe("天[MASK]很[MASK]，[MASK]");
  expect(withMasks("[MASKED] mask")).toBe("[MASKED] mask");
});

it("wants at least one gap, and not too many", () => {
  expect(gapProblem("")).toBe("要有一处 [MASK]，模型才知道猜哪里。");
  expect(gapProblem("[MASK]")).toBeUndefined();
  expect(gapProblem("[MASK]".repeat(9))).toBe("最多 8 处 [MASK]，现在有 9 处。");
});
