import { describe, expect, it } from "vitest";
import { decimals, fromLogPosition, LOG_POSITIONS, snap, toLogPosition } from "./scale.ts";

describe("snap", () => {
  const range = { min: 0.1, max: 2, step: 0.1 };

  it("moves a value onto the grid without floating-point dust", () => {
    expect(snap(0.1 + 0.2, range)).toBe(0.3);
    expect(snap(1.04, range)).toBe(1);
  });

  it("keeps it inside the range", () => {
    expect(snap(99, range)).toBe(2);
    expect(snap(-99, range)).toBe(0.1);
  });

  it("counts the grid from min", () => {
    expect(snap(6, { min: 1, max: 9, step: 2 })).toBe(7);
  });
});

describe("decimals", () => {
  it.each([
    [1, 0],
    [0.05, 2],
    [1e-7, 7],
  ])("%f → %i", (step, count) => expect(decimals(step)).toBe(count));
});

describe("logarithmic positions", () => {
  const range = { min: 0.001, max: 1, step: 0.001 };

  it("put the geometric mean in the middle", () => {
    expect(fromLogPosition(LOG_POSITIONS / 2, range)).toBeCloseTo(0.032, 3);
  });

  it("reach both ends exactly", () => {
    expect(fromLogPosition(0, range)).toBe(0.001);
    expect(fromLogPosition(LOG_POSITIONS, range)).toBe(1);
  });

  it("of a range from 0: 0 at the very left, then from the first step on", () => {
    const fromZero = { min: 0, max: 10, step: 1e-5 };
    expect([0, 1, LOG_POSITIONS].map((position) => fromLogPosition(position, fromZero))).toEqual([0, 1e-5, 10]);
    for (const value of [0, 1e-5, 3e-4, 1, 10]) {
      expect(fromLogPosition(toLogPosition(value, fromZero), fromZero)).toBe(value);
    }
  });

  it("return to the value they came from", () => {
    for (const value of [0.001, 0.01, 0.25, 1]) expect(fromLogPosition(toLogPosition(value, range), range)).toBe(value);
  });
});
