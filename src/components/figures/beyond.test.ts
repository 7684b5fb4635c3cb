import { expect, test } from "vitest";
import { beyond } from "./beyond.ts";

test("every stretch beyond the limits is marked once, at the edge where it leaves", () => {
  const points = [-2, -3, 0, 1, 1.5, 2, -5].map((y, x) => ({ x, y }));
  expect(beyond(points, [-1, 1])).toEqual([
    { x: 0, y: -1, above: false },
    { x: 4, y: 1, above: true },
    { x: 6, y: -1, above: false },
  ]);
  expect(beyond(points, [-5, 2])).toEqual([]);
});
