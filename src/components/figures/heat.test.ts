import { describe, expect, test } from "vitest";
import { ATTENTION, STEPS, signedScale } from "./colors.ts";
import { causal, cellAfter, cellPaths, windowOf } from "./heat.ts";

describe("cells", () => {
  test("neighbours of one colour are one line, and every cell is drawn once", () => {
    expect(cellPaths(Float32Array.of(1, 1, 0, -1, 1, 1), 3, signedScale(1))).toEqual([
      { step: STEPS, d: "m0 0.5h2m-1 1h2" },
      { step: -STEPS, d: "m0 1.5h1" },
    ]);
    expect(cellPaths(new Float32Array(4), 2, ATTENTION)).toEqual([]);
  });

  test("what a causal mask hides is drawn apart from what has no weight", () => {
    const weights = Float32Array.of(1, 0, 0, 0.25, 0.25, 0, 0, 0, 1);
    expect(cellPaths(weights, 3, ATTENTION, causal)).toEqual([
      { step: STEPS, d: "m0 0.5h1m1 2h1" },
      { step: undefined, d: "m1 0.5h2m-1 1h1" },
      { step: STEPS / 2, d: "m0 1.5h2" },
    ]);
  });
});

describe("a long row", () => {
  const data = Float32Array.from({ length: 2 * 100 }, (_, i) => i);
  const matrix = { rows: ["甲", "乙"], columns: 100, data };

  test("is shown a window at a time", () => {
    expect(windowOf(matrix, 10)).toMatchObject({ first: 0, width: 64 });
    const { first, width, data: part } = windowOf(matrix, 70);
    expect([first, width, part.length]).toEqual([64, 36, 72]);
    expect([part[0], part[36]]).toEqual([64, 164]);
  });

  test("is shown whole if it is short, or its columns have names", () => {
    expect(windowOf({ rows: ["甲"], columns: 3, data: data.subarray(0, 3) }, 2)).toMatchObject({ first: 0, width: 3 });
    const names = Array.from({ length: 100 }, (_, i) => String(i));
    expect(windowOf({ ...matrix, columns: names }, 70)).toMatchObject({ first: 0, width: 100, data });
  });
});

test("keys lead from cell to cell, and not out", () => {
  const from = { row: 1, column: 2 };
  expect(cellAfter("ArrowUp", from, [3, 4])).toEqual({ row: 0, column: 2 });
  expect(cellAfter("ArrowRight", { row: 1, column: 3 }, [3, 4])).toEqual({ row: 1, column: 3 });
  expect(cellAfter("Home", from, [3, 4])).toEqual({ row: 1, column: 0 });
  expect(cellAfter("End", from, [3, 4])).toEqual({ row: 1, column: 3 });
  expect(cellAfter("Tab", from, [3, 4])).toBeUndefined();
});
