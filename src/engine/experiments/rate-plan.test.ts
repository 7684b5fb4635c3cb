import { describe, expect, test } from "vitest";
import { sliceThrough } from "./loss-slice.ts";
import { type RateChange, ratePlan, readChanges, writeChanges } from "./rate-plan.ts";

describe("the plan of a rate", () => {
  test("has four shapes", () => {
    expect(ratePlan("constant", [], 100)(50)).toBe(1);
    expect([50, 51, 75, 76].map(ratePlan("steps", [], 100))).toEqual([1, 0.1, 0.1, 0.010000000000000002]);
    for (const shape of ["linear", "cosine"] as const) {
      const plan = ratePlan(shape, [], 100);
      expect(plan(1)).toBeCloseTo(0.2, 9);
      expect(plan(5)).toBeCloseTo(1, 9);
      expect(plan(100)).toBeGreaterThan(0);
      expect(plan(100)).toBeLessThan(0.02);
    }
  });

  test("is changed from a step on: factors stay, a shape takes the place of the one before", () => {
    const changes: readonly RateChange[] = [
      { step: 10, to: 0.5 },
      { step: 20, to: "steps" },
      { step: 30, to: 4 },
    ];
    const plan = ratePlan("constant", changes, 100);
    expect([9, 10, 20, 30, 60].map(plan)).toEqual([1, 0.5, 0.5, 2, 0.2]);
    expect(readChanges(writeChanges(changes))).toEqual(changes);
    expect(writeChanges(changes)).toBe("10x0.5,20-steps,30x4");
  });

  test("takes nothing else for a change", () => {
    expect(readChanges("")).toEqual([]);
    for (const text of ["x", "10", "10xx", "10-up", "-1x2", "10x0.5;"])
      expect(() => readChanges(text)).toThrow("看不懂");
  });
});

describe("a slice of the loss", () => {
  /** A valley along the first axis. */
  const lossAt = async ([a = 0, b = 0, c = 0]: Float32Array): Promise<number> => b * b + c * c + 0 * a;

  test("goes through three points, the first its origin", async () => {
    const points = [Float32Array.of(0, 0, 0), Float32Array.of(2, 0, 0), Float32Array.of(1, 3, 0)];
    const slice = await sliceThrough(points, [points], 5, lossAt);
    expect(slice.tracks[0]).toEqual([
      [0, 0],
      [2, 0],
      [1, 3],
    ]);
    expect(slice.x[0]).toBeCloseTo(-0.3, 6);
    expect(slice.y[1]).toBeCloseTo(3.45, 6);
    // Along a row nothing changes; the middle of the first row is 0.1 of the height above its edge.
    const y = slice.y[0] + 0.1 * (slice.y[1] - slice.y[0]);
    for (const loss of slice.losses.subarray(0, 5)) expect(loss).toBeCloseTo(y * y, 5);
  });

  test("stands points that are the same, or lie on a line", async () => {
    const one = Float32Array.of(1, 1, 1);
    const still = await sliceThrough([one, one], [[one]], 2, lossAt);
    expect([...still.losses]).toEqual([2, 2, 2, 2]);
    const line = await sliceThrough(
      [Float32Array.of(0, 0, 0), Float32Array.of(0, 1, 0), Float32Array.of(0, 2, 0)],
      [],
      2,
      lossAt,
    );
    expect(line.losses[0]).toBe(line.losses[2]);
  });
});
