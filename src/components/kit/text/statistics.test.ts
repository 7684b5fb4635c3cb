import { describe, expect, test } from "vitest";
import { areaUnder, distinctEstimate, meanEstimate, shareEstimate } from "./statistics.ts";

describe("Wilson's interval of a share", () => {
  // Newcombe (1998), table I, method 3.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("%i of %i", (successes, trials, low, high) => {
    const estimate = shareEstimate(successes, trials);
    expect(estimate?.value).toBe(successes / trials);
    expect(estimate?.low).toBeCloseTo(low, 4);
    expect(estimate?.high).toBeCloseTo(high, 4);
  });

  test("holds its share and stays within 0 and 1", () => {
    for (let trials = 1; trials <= 60; trials++) {
      for (let successes = 0; successes <= trials; successes++) {
        const { value, low, high } = shareEstimate(successes, trials)!;
        expect(0 <= low && low <= value && value <= high && high <= 1).toBe(true);
      }
    }
  });

  test("is not there for no trials", () => {
    expect(shareEstimate(0, 0)).toBeNull();
  });
});

describe("the normal interval of a mean", () => {
  test("is 1.96 standard errors wide on both sides", () => {
    // Standard deviation √(10/4), standard error √(1/2).
    const estimate = meanEstimate([-3, -2, -1, 0, 1]);
    expect(estimate?.value).toBe(-1);
    expect(estimate?.high).toBeCloseTo(-1 + 1.959964 * Math.SQRT1_2, 6);
    expect(estimate?.low).toBeCloseTo(-1 - 1.959964 * Math.SQRT1_2, 6);
  });

  test("has no width for one value, and is not there for none", () => {
    expect(meanEstimate([4])).toEqual({ value: 4, low: 4, high: 4 });
    expect(meanEstimate([])).toBeNull();
  });
});

describe("distinct-2 of a set", () => {
  test("counts pairs over all texts", () => {
    expect(
      distinctEstimate([
        ["ab", "bc"],
        ["ab", "cd"],
      ])?.value,
    ).toBe(0.75);
    expect(distinctEstimate([["ab"], ["ab"], ["ab"]])?.value).toBeCloseTo(1 / 3, 12);
  });

  test("has the jackknife's interval", () => {
    // Left out one by one: {ab, cd} 1, {ab, bc} 1, all but the third: {ab, bc, cd} of 4.
    const estimate = distinctEstimate([["ab", "bc"], ["ab", "cd"], ["ef"]])!;
    const without = [3 / 3, 3 / 3, 3 / 4];
    const mean = without.reduce((sum, value) => sum + value) / 3;
    const error = Math.sqrt((2 / 3) * without.reduce((sum, value) => sum + (value - mean) ** 2, 0));
    expect(estimate.value).toBe(0.8);
    expect(estimate.low).toBeCloseTo(0.8 - 1.959964 * error, 6);
    expect(estimate.high).toBe(1);
  });

  test("knows the texts without pairs", () => {
    expect(distinctEstimate([])).toBeNull();
    expect(distinctEstimate([[], []])).toBeNull();
    expect(distinctEstimate([["ab"], []])?.value).toBe(1);
  });
});

test("the area under the curve is a share of pairs, with DeLong's interval", () => {
  expect(areaUnder([], [1])).toBeNull();
  expect(areaUnder([2, 3], [0, 1])).toEqual({ value: 1, low: 1, high: 1 });
  expect(areaUnder([1], [1])?.value).toBe(0.5);
  // Of nine pairs six are won, and one is a tie.
  const { value, low, high } = areaUnder([3, 2, 4], [1, 2, 3.5])!;
  expect(value).toBeCloseTo(6.5 / 9);
  const [first, second] = [
    [2 / 3, 1.5 / 3, 1],
    [1, 2.5 / 3, 1 / 3],
  ];
  const error = (values: number[]) => {
    const middle = values.reduce((sum, v) => sum + v, 0) / 3;
    return values.reduce((sum, v) => sum + (v - middle) ** 2, 0) / 2 / 3;
  };
  const half = 1.959964 * Math.sqrt(error(first!) + error(second!));
  expect(low).toBeCloseTo(Math.max(0, value - half), 5);
  expect(high).toBeCloseTo(Math.min(1, value + half), 5);
});
