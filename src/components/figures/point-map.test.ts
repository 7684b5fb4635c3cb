import { describe, expect, test } from "vitest";
import { inCorners, nearestPoint, neighbourInDirection, placePoints } from "./point-map.ts";

describe("places", () => {
  test("keep distances in proportion, fill the drawing, and have their second axis upwards", () => {
    const places = placePoints([0, 0, 4, 0, 0, 2], 220, 120, 10);
    expect(places).toEqual([
      { x: 10, y: 110 },
      { x: 210, y: 110 },
      { x: 10, y: 10 },
    ]);
    const wide = placePoints([0, 0, 4, 0, 0, 2], 1000, 120, 10);
    expect(wide[1]!.x - wide[0]!.x).toBe(200);
  });

  test("stretch over both axes where those have nothing to do with each other", () => {
    expect(placePoints([0, 0, 4, 0, 0, 2], 1000, 120, 10, true)).toEqual([
      { x: 10, y: 110 },
      { x: 990, y: 110 },
      { x: 10, y: 10 },
    ]);
  });

  test("of points that do not differ are the middle", () => {
    expect(placePoints([1, 1, 1, 1], 100, 60, 10)).toEqual([
      { x: 50, y: 30 },
      { x: 50, y: 30 },
    ]);
    expect(placePoints([], 100, 60, 10)).toEqual([]);
  });
});

const cross = [
  { x: 50, y: 50 },
  { x: 20, y: 52 },
  { x: 90, y: 45 },
  { x: 55, y: 10 },
  { x: 48, y: 80 },
];

test("a finger finds the nearest point within its reach", () => {
  expect(nearestPoint(cross, { x: 60, y: 45 }, 28)).toBe(0);
  expect(nearestPoint(cross, { x: 90, y: 90 }, 28)).toBeUndefined();
  expect(nearestPoint([], { x: 0, y: 0 }, 28)).toBeUndefined();
});

test.each([
  ["ArrowLeft", 1],
  ["ArrowRight", 2],
  ["ArrowUp", 3],
  ["ArrowDown", 4],
  ["Enter", undefined],
])("%s leads to the neighbour on that side", (key, index) => {
  expect(neighbourInDirection(cross, 0, key)).toBe(index);
});

test("beyond the last point there is none", () => {
  expect(neighbourInDirection(cross, 2, "ArrowRight")).toBeUndefined();
  expect(neighbourInDirection([], 0, "ArrowRight")).toBeUndefined();
});

test("in the corners is who lies nearest to each, once", () => {
  const spread = [0, 0, 9, 1, 5, 5, 8, 10, 1, 9];
  expect(inCorners(spread).sort()).toEqual([0, 1, 3, 4]);
  expect(inCorners([3, 3])).toEqual([0]);
  expect(inCorners([])).toEqual([]);
});
