import { expect, it } from "vitest";
import {
  centred,
  correlation,
  cosine,
  deviation,
  dot,
  indexOfLargest,
  maxOf,
  mean,
  minOf,
  norm,
  sum,
  variance,
} from "./statistics.ts";

it("sums, means and spreads, of plain numbers and of typed arrays", () => {
  for (const numbers of [[1, 2, 6], Float32Array.of(1, 2, 6), Float64Array.of(1, 2, 6)]) {
    expect(sum(numbers)).toBe(9);
    expect(mean(numbers)).toBe(3);
    expect(variance(numbers)).toBeCloseTo(14 / 3, 12);
    expect(deviation(numbers)).toBeCloseTo(Math.sqrt(14 / 3), 12);
    expect(centred(numbers)).toEqual([-2, -1, 3]);
  }
  expect(sum([])).toBe(0);
  expect(mean([])).toBeNaN();
});

it("the largest and the smallest, of lists longer than any stack, and of none", () => {
  const many = Float32Array.from({ length: 1_000_000 }, (_, i) => (i * 7919) % 1_000_003);
  expect([minOf(many), maxOf(many)]).toEqual([0, Math.fround(many.reduce((a, b) => Math.max(a, b)))]);
  expect([minOf([]), maxOf([])]).toEqual([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  expect(maxOf([1, Number.NaN, 2])).toBeNaN();
});

it("equal numbers do not vary, whatever their mean is rounded to", () => {
  const third = [1 / 3, 1 / 3, 1 / 3, 1 / 3, 1 / 3, 1 / 3, 1 / 3];
  expect(deviation(third)).toBe(0);
  expect(variance([7])).toBe(0);
});

it("the first of the largest numbers", () => {
  expect(indexOfLargest([2, 5, 5, 1])).toBe(1);
  expect(indexOfLargest(Float32Array.of(Number.NEGATIVE_INFINITY, -3))).toBe(1);
});

it("products, lengths and angles of vectors", () => {
  expect(dot([1, 2, 3], [4, -5, 6])).toBe(12);
  expect(norm(Float32Array.of(3, 4))).toBe(5);
  expect(cosine([1, 1], [1, 0])).toBeCloseTo(Math.SQRT1_2, 12);
  expect(cosine([2, 0], [-3, 0])).toBe(-1);
  expect(cosine([0, 0], [1, 0])).toBe(0);
});

it("correlation is Pearson's, and nothing where one of both does not vary", () => {
  expect(correlation([1, 2, 3], [2, 4, 6])).toBeCloseTo(1, 12);
  expect(correlation([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 12);
  expect(correlation([1, 2, 3, 4], [1, 3, 2, 4])).toBeCloseTo(0.8, 12);
  expect(correlation([1, 1, 1], [1, 2, 3])).toBeNull();
  expect(correlation([], [])).toBeNull();
});
