import { describe, expect, test } from "vitest";
import { Random } from "../random.ts";
import { normal, orthogonal, uniform, xavierUniform } from "./init.ts";

function moments(numbers: Float32Array): { mean: number; deviation: number } {
  const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
  const variance = numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / numbers.length;
  return { mean, deviation: Math.sqrt(variance) };
}

/** Every row times every row. */
function gram(matrix: Float32Array, rows: number, stride: number, step: number, length: number): number[] {
  return Array.from({ length: rows * rows }, (_, i) => {
    const [a, b] = [Math.floor(i / rows) * stride, (i % rows) * stride];
    return Array.from({ length }, (_, k) => matrix[a + k * step]! * matrix[b + k * step]!).reduce((sum, x) => sum + x);
  });
}

test("the same seed gives the same numbers, another seed others", () => {
  const draw = (seed: number) => normal(new Random(seed), 8, 1);
  expect(draw(3)).toEqual(draw(3));
  expect(draw(3)).not.toEqual(draw(4));
});

test("normal numbers have the deviation asked for", () => {
  const { mean, deviation } = moments(normal(new Random(1), 20_000, 0.02));
  expect(mean / 0.02).toBeCloseTo(0, 1);
  expect(deviation / 0.02).toBeCloseTo(1, 1);
});

test("uniform numbers fill their interval", () => {
  const numbers = uniform(new Random(1), 20_000, 0.5);
  expect(numbers.every((x) => x >= -0.5 && x <= 0.5)).toBe(true);
  const { mean, deviation } = moments(numbers);
  expect(mean).toBeCloseTo(0, 2);
  expect(deviation).toBeCloseTo(1 / Math.sqrt(12), 2);
});

test("Xavier's interval comes from both sides of the matrix", () => {
  const { deviation } = moments(xavierUniform(new Random(1), 50, 150));
  expect(deviation).toBeCloseTo(Math.sqrt(2 / 200), 2);
});

describe.each([
  [4, 9],
  [9, 4],
  [6, 6],
])("an orthogonal %i × %i matrix", (rows, columns) => {
  test("has orthonormal rows, or columns if these are fewer, times its gain", () => {
    const matrix = orthogonal(new Random(1), rows, columns, 2);
    const few = Math.min(rows, columns);
    const products =
      rows <= columns ? gram(matrix, rows, columns, 1, columns) : gram(matrix, columns, 1, columns, rows);
    for (const [i, product] of products.entries()) {
      expect(product).toBeCloseTo(i % (few + 1) === 0 ? 4 : 0, 5);
    }
  });
});
