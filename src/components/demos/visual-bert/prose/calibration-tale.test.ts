import { expect, it } from "vitest";
import { ceiling, tellSmoothing, tellTemperature } from "./calibration-tale.ts";

const MEASURED = { labelSmoothing: 0.05, temperature: 1.04, before: 0.016, after: 0.023 };

it("smoothed labels bound the confidence, and the temperature brings it down", () => {
  expect(ceiling({ ...MEASURED, temperature: 1 })).toBeCloseTo(0.975, 12);
  // σ(ln 39 / 1.04)
  expect(ceiling(MEASURED)).toBeCloseTo(0.9713, 4);
  expect(tellSmoothing(MEASURED)).toBe("好评的答案不写成 100%，写成 97.5%。除以温度以后，最高大约到 97.1%");
});

it("tells what the temperature did, and refuses where it has helped", () => {
  expect(tellTemperature(MEASURED)).toContain("1.04，几乎没有动；校准误差却从 1.6% 变成 2.3%");
  expect(() => tellTemperature({ ...MEASURED, after: 0.01 })).toThrow("smaller");
});
