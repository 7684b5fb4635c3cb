import { expect, test } from "vitest";
import type { SoftmaxScaleMetrics } from "../../../../engine/experiments/softmax-scale.ts";
import { verdictOn } from "../../../kit/exercise/number-question.ts";
import { checkHard, WIDTH } from "./predict-hard.ts";
import { TWO_KEYS } from "./two-keys.ts";

test("a weight after the division, and what was left out", () => {
  expect(verdictOn(TWO_KEYS, "0.88").kind).toBe("right");
  expect(verdictOn(TWO_KEYS, "88%").kind).toBe("right");
  expect(verdictOn(TWO_KEYS, "0.982")).toMatchObject({ kind: "wrong", reason: expect.stringContaining("没有除以") });
  expect(verdictOn(TWO_KEYS, "0.731")).toMatchObject({ kind: "wrong", reason: expect.stringContaining("平方根") });
});

test("a guess waits for the reader's own draws, and is held against them", () => {
  const drawn = { width: WIDTH, largestRaw: 0.9, largestScaled: 0.2 } as SoftmaxScaleMetrics;
  for (const text of ["", "很大", "2"]) expect(checkHard(text, [drawn]).kind).toBe("unusable");
  expect(checkHard("0.5", [])).toMatchObject({ kind: "unusable", reason: expect.stringContaining("开始") });
  expect(checkHard("85%", [drawn]).kind).toBe("right");
  expect(checkHard("0.3", [drawn])).toMatchObject({ kind: "wrong", reason: expect.stringContaining("猜低了") });
});
