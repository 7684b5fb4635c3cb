import { describe, expect, it, test } from "vitest";
import {
  ATTENTION,
  coarse,
  colorOf,
  logProbShade,
  positiveScale,
  STEPS,
  signedScale,
  signedScaleOf,
  stepColor,
  stepOf,
  stepsOf,
} from "./colors.ts";

describe("attention", () => {
  it("has the square root of its weight for a place on the scale", () => {
    expect([0, 1 / 64, 1 / 16, 1 / 4, 1].map((weight) => stepOf(ATTENTION, weight))).toEqual([0, 1, 2, 4, 8]);
    expect(stepOf(ATTENTION, 1.0001)).toBe(STEPS);
  });

  it("is drawn coarsely in four colours, a sixth of the scale away at most", () => {
    const weights = Float32Array.from({ length: 101 }, (_, i) => i / 100);
    const steps = Array.from(coarse(weights), (weight) => stepOf(ATTENTION, weight));
    expect([...new Set(steps)]).toEqual([0, 3, 5, 8]);
    for (const [i, step] of steps.entries())
      expect(Math.abs(step - STEPS * Math.sqrt(weights[i]!))).toBeLessThan(STEPS / 6 + 0.5);
  });

  it("goes through the five colours of the style sheet", () => {
    expect(stepColor("attention", 0)).toContain("0%, var(--vl-attention-0)");
    expect(stepColor("attention", 5)).toBe("color-mix(in oklab, var(--vl-attention-3) 50%, var(--vl-attention-2))");
    expect(stepColor("attention", STEPS)).toContain("var(--vl-attention-4) 100%");
  });
});

describe("a signed number", () => {
  it("has colour in proportion, on the side of its sign; beyond the scale the full one", () => {
    const scale = signedScale(2);
    expect([0, -0, 0.1, 1, -1, -2, 5].map((value) => stepOf(scale, value))).toEqual([0, 0, 0, 4, -4, -8, 8]);
    expect(colorOf(scale, 1)).toBe("color-mix(in oklab, var(--vl-positive) 50%, var(--vl-neutral))");
    expect(colorOf(scale, -5)).toBe("color-mix(in oklab, var(--vl-negative) 100%, var(--vl-neutral))");
  });

  it("that is never below zero has the same colours", () => {
    expect([0, 1, 5].map((value) => colorOf(positiveScale(2), value))).toEqual(
      [0, 1, 5].map((value) => colorOf(signedScale(2), value)),
    );
  });

  it("is not paled by a few giants", () => {
    const many = Float32Array.from({ length: 200 }, (_, i) => (i === 0 ? 500 : (-1) ** i * (i / 200)));
    expect(signedScaleOf(many).full).toBeLessThan(1);
    expect(signedScaleOf(Float32Array.of(0, 0)).full).toBe(1);
    expect(signedScaleOf(Float32Array.of(-3)).full).toBe(3);
  });
});

test("a legend shows every step", () => {
  expect(stepsOf("attention")).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect(stepsOf("signed")).toHaveLength(2 * STEPS + 1);
});

test("a token's shade is full for a certain one, none for one in a thousand, and grows in between", () => {
  expect(logProbShade(0)).toBe(1);
  expect(logProbShade(Math.log(0.0009))).toBe(0);
  expect(logProbShade(Number.NEGATIVE_INFINITY)).toBe(0);
  expect(logProbShade(Math.log(0.5))).toBeGreaterThan(logProbShade(Math.log(0.05)));
});
