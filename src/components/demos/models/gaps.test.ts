import { expect, it } from "vitest";
import { gapProblem, gapsOf, withMasks } from "./gaps.ts";

it("knows a mask however it is typed", () => {
  expect(withMasks("天[mask]很［MASK］，【 Mask 】")).toBe("天[MASK]很[MASK]，[MASK]");
  expect(withMasks("[MASKED] mask")).toBe("[MASKED] mask");
});

it("wants at least one gap, and not too many", () => {
  expect(gapProblem("")).toBe("要有一处 [MASK]，模型才知道猜哪里。");
  expect(gapProblem("[MASK]")).toBeUndefined();
  expect(gapProblem("[MASK]".repeat(9))).toBe("最多 8 处 [MASK]，现在有 9 处。");
});

it("gives each gap its five best guesses, best first", () => {
  const vocabulary = [..."甲乙丙丁戊己"];
  const [gap, ...others] = gapsOf([3], [Float32Array.of(0, 5, 1, 2, 3, 4)], vocabulary);
  expect(others).toEqual([]);
  expect(gap?.place).toBe(3);
  expect(gap?.rows.map(({ label }) => label).join("")).toBe("乙己戊丁丙");
  const sum = [0, 5, 1, 2, 3, 4].reduce((total, logit) => total + Math.exp(logit), 0);
  expect(gap?.rows[0]?.value).toBeCloseTo(Math.exp(5) / sum, 6);
});
