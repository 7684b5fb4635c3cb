import { describe, expect, test } from "vitest";
import { nearestValue, planBatches, valuesOf } from "./plan.ts";

describe("the values of an axis", () => {
  test("are evenly spaced and rounded as they are shown", () => {
    expect(valuesOf("temperature", 0, 1.5, 6)).toEqual([0, 0.3, 0.6, 0.9, 1.2, 1.5]);
    expect(valuesOf("top-p", 0.5, 1, 4)).toEqual([0.5, 0.67, 0.83, 1]);
  });

  test("grow by even factors for top-k", () => {
    expect(valuesOf("top-k", 1, 1000, 4)).toEqual([1, 10, 100, 1000]);
  });

  test("may be given the wrong way round, and are never twice the same", () => {
    expect(valuesOf("temperature", 1, 0, 3)).toEqual([0, 0.5, 1]);
    expect(valuesOf("temperature", 0.7, 0.7, 5)).toEqual([0.7]);
    expect(valuesOf("top-k", 1, 3, 9)).toEqual([1, 2, 3]);
    expect(valuesOf("top-p", 0, 1, 1)).toEqual([0]);
  });
});

describe("the value that is pointed at", () => {
  test.each([
    ["temperature", [0, 0.5, 1], -0.2, 0],
    ["temperature", [0, 0.5, 1], 0.3, 0.5],
    ["temperature", [0, 0.5, 1], 1.4, 1],
    ["top-k", [1, 10, 1000], 0.3, 10],
    ["top-p", [0.7], 0.5, 0.7],
    ["top-p", [], 0.5, undefined],
  ] as const)("%s %j at %d", (axis, values, place, expected) => {
    expect(nearestValue(axis, values, place)).toBe(expected);
  });
});

describe("the batches", () => {
  test("go round the values and sum up to the poems that were asked for", () => {
    const batches = planBatches(3, 70, 42);
    expect(batches.map(({ value, size }) => [value, size])).toEqual([
      ...[0, 1, 2].map((value) => [value, 32]),
      ...[0, 1, 2].map((value) => [value, 32]),
      ...[0, 1, 2].map((value) => [value, 6]),
    ]);
  });

  test("share a seed within a round, and have another in each", () => {
    const seeds = planBatches(2, 96, 42).map(({ seed }) => seed);
    expect(new Set(seeds).size).toBe(3);
    expect(seeds[0]).toBe(seeds[1]);
    expect(planBatches(2, 96, 43).map(({ seed }) => seed)).not.toEqual(seeds);
  });

  test("stay the same when more are asked for", () => {
    expect(planBatches(2, 96, 7).slice(0, 4)).toEqual(planBatches(2, 64, 7));
  });
});
