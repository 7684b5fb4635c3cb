import { describe, expect, test } from "vitest";
import { Random } from "../random.ts";
import type { Coalition, Score } from "./coalitions.ts";
import { solvePositiveDefinite, weightedLeastSquares } from "./least-squares.ts";
import { lime } from "./lime.ts";

const COEFFICIENTS = [3, -1, 0, 0.5, -4, 2, 0.25];

const score =
  (worth: (coalition: Coalition) => number): Score =>
  async (coalitions) =>
    coalitions.map(worth);

const linear = score((coalition) => COEFFICIENTS.reduce((sum, own, i) => sum + (coalition[i] ? own : 0), -2));

describe("LIME", () => {
  test("finds the coefficients of a score that is linear, but for the little by which the ridge shrinks them", async () => {
    const { values, intercept, fit } = await lime(COEFFICIENTS.length, linear, 5000, new Random(1));
    for (const [i, own] of COEFFICIENTS.entries()) expect(Math.abs(values[i]! - own)).toBeLessThan(0.03);
    expect(Math.abs(intercept + 2)).toBeLessThan(0.03);
    expect(fit).toBeGreaterThan(0.9999);
  });

  test("says how much of a score that is not linear it accounts for", async () => {
    const parity = score((coalition) => coalition.reduce((sign, present) => (present ? -sign : sign), 1));
    const { fit } = await lime(COEFFICIENTS.length, parity, 2000, new Random(1));
    expect(fit).toBeGreaterThanOrEqual(0);
    expect(fit).toBeLessThan(0.5);
  });

  test("what is near counts for more: where the score bends, it is the slope at the whole text", async () => {
    // Far from the whole text the score is flat; near it, every token is worth 1.
    const players = 10;
    const bent = score((coalition) => Math.max(0, coalition.filter(Boolean).length - 5));
    const { values } = await lime(players, bent, 3000, new Random(4));
    for (const value of values) {
      expect(value).toBeGreaterThan(0.6);
      expect(value).toBeLessThan(1);
    }
  });

  test("a score that never changes has no coefficients, and the model accounts for all of it", async () => {
    const { values, intercept, fit } = await lime(
      4,
      score(() => 0.1),
      50,
      new Random(1),
    );
    for (const value of values) expect(value).toBeCloseTo(0, 12);
    expect(intercept).toBeCloseTo(0.1, 12);
    expect(fit).toBe(1);
  });

  test("scores as many texts as it was told; the first is the whole one, and all others lack something", async () => {
    const asked: Coalition[] = [];
    const counting: Score = async (coalitions) => {
      asked.push(...coalitions);
      return coalitions.map(() => 0);
    };
    await lime(6, counting, 601, new Random(3));
    expect(asked).toHaveLength(601);
    const hidden = asked.map((coalition) => coalition.filter((present) => !present).length);
    expect(hidden[0]).toBe(0);
    // Each number from 1 to 6 is as likely as the others: 100 times, with a standard deviation of 9.
    for (const count of [1, 2, 3, 4, 5, 6]) {
      expect(Math.abs(hidden.filter((own) => own === count).length - 100)).toBeLessThan(40);
    }
  });

  test("the same seed gives the same numbers, another one others", async () => {
    const bent = score((coalition) => Math.exp(coalition.filter(Boolean).length / 3));
    const [one, same, other] = await Promise.all([7, 7, 8].map((seed) => lime(6, bent, 40, new Random(seed))));
    expect(one).toEqual(same);
    expect(one).not.toEqual(other);
  });

  test.each([
    [0, 10],
    [2.5, 10],
    [Number.NaN, 10],
    [3, 1],
    [3, 9.5],
    [3, Number.NaN],
  ])("%d players and %d samples are refused", async (players, samples) => {
    await expect(lime(players, linear, samples, new Random(1))).rejects.toMatchObject({ code: "bad-input" });
  });

  test("a score that is no number is refused", async () => {
    await expect(
      lime(
        3,
        score(() => Number.NaN),
        10,
        new Random(1),
      ),
    ).rejects.toThrow("不是有限的数");
  });
});

describe("least squares", () => {
  test("a positive definite system is solved; one that is none is refused", () => {
    const data = Float64Array.of(4, 2, 0.6, 2, 5, -1, 0.6, -1, 3);
    const x = solvePositiveDefinite({ data, size: 3 }, Float64Array.of(1, -2, 0.5));
    for (const [row, expected] of [1, -2, 0.5].entries()) {
      const product = data.subarray(row * 3, row * 3 + 3).reduce((sum, value, i) => sum + value * x[i]!, 0);
      expect(product).toBeCloseTo(expected, 12);
    }
    for (const bad of [
      Float64Array.of(1, 2, 2, 1),
      Float64Array.of(1, 1, 1, 1),
      Float64Array.of(Number.NaN, 0, 0, 1),
    ]) {
      expect(() => solvePositiveDefinite({ data: bad, size: 2 }, Float64Array.of(1, 1))).toThrow("解不出");
    }
    expect(solvePositiveDefinite({ data: new Float64Array(0), size: 0 }, new Float64Array(0))).toHaveLength(0);
  });

  test("heavier equations hold better, and a ridge shrinks", () => {
    const observations = [
      { features: [1], target: 0, weight: 1 },
      { features: [1], target: 10, weight: 3 },
    ];
    expect(weightedLeastSquares(observations, 1)[0]).toBeCloseTo(7.5, 12);
    expect(weightedLeastSquares(observations, 1, { ridge: 1 })[0]).toBeCloseTo(6, 12);
  });
});
