import { describe, expect, test } from "vitest";
import { moved, placeOf } from "./order.ts";

test("an item moves up, down, to both ends, and stays", () => {
  const items = ["a", "b", "c", "d"];
  expect(moved(items, 2, 0)).toEqual(["c", "a", "b", "d"]);
  expect(moved(items, 0, 3)).toEqual(["b", "c", "d", "a"]);
  expect(moved(items, 1, 2)).toEqual(["a", "c", "b", "d"]);
  expect(moved(items, 1, 1)).toEqual(items);
});

describe("a dragged item", () => {
  /** Boxes one below the other. */
  const stack = (...heights: number[]) => {
    const above = (i: number): number => heights.slice(0, i).reduce((sum, height) => sum + height, 0);
    return heights.map((_, i) => ({ top: above(i), bottom: above(i + 1) }));
  };

  test("goes where the pointer is, and no further than the ends", () => {
    const boxes = stack(40, 40, 40);
    expect([-100, 10, 50, 90, 110, 999].map((y) => placeOf(y, boxes, 0))).toEqual([0, 0, 0, 1, 2, 2]);
    expect([-100, 10, 30, 70, 110, 999].map((y) => placeOf(y, boxes, 2))).toEqual([0, 0, 1, 2, 2, 2]);
  });

  test.each([
    [100, 40],
    [40, 100],
    [40, 40],
  ])("of height %i does not flicker beside one of height %i", (own, other) => {
    for (let y = 0; y < own + other; y++) {
      const place = placeOf(y, stack(own, other), 0);
      const then = place === 0 ? stack(own, other) : stack(other, own);
      expect(placeOf(y, then, place)).toBe(place);
    }
  });
});
