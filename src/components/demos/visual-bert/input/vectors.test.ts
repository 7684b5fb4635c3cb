import { expect, test } from "vitest";
import { cosines, largest, partCosines, vectorAt } from "./vectors.ts";

const tensor = (shape: number[], ...data: number[]) => ({ shape, data: Float32Array.from(data) });

test("finds a vector among others", () => {
  expect([...vectorAt(tensor([2, 2], 1, 2, 3, 4), 1)]).toEqual([3, 4]);
});

test("finds the largest number, whatever its sign", () => {
  expect(largest([Float32Array.of(3, -4, 0, 1), Float32Array.of(2)])).toBe(4);
});

test("cosines: 1 with itself, 0 across, −1 opposite, whatever the lengths", () => {
  const matrix = [...cosines(tensor([3, 2], 2, 0, 0, 5, -3, 0))].map((value) => Number(value.toFixed(6)));
  expect(matrix).toEqual([1, 0, -1, 0, 1, 0, -1, 0, 1]);
});

test("of the three embeddings of one place", () => {
  const word = tensor([2, 2], 9, 9, 1, 0);
  const segment = tensor([2, 2], 9, 9, 0, 3);
  const position = tensor([2, 2], 9, 9, 2, 2);
  const [wordSegment, wordPosition, segmentPosition] = partCosines(word, segment, position, 1);
  expect(wordSegment).toBe(0);
  expect(wordPosition).toBeCloseTo(Math.SQRT1_2, 6);
  expect(segmentPosition).toBeCloseTo(Math.SQRT1_2, 6);
});
