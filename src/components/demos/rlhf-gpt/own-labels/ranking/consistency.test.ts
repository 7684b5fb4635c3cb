import { describe, expect, test } from "vitest";
import { consistencyOf, shortestCircle } from "./consistency.ts";

describe("rankings", () => {
  test("of texts of their own agree", () => {
    expect(consistencyOf([])).toEqual({ pairs: 0, repeated: 0, contradictions: [], circle: null, shared: 0 });
    expect(consistencyOf([[..."甲乙丙丁"], [..."戊己"]])).toEqual({
      pairs: 7,
      repeated: 0,
      contradictions: [],
      circle: null,
      shared: 0,
    });
  });

  test("that repeat each other agree, and are counted", () => {
    const { pairs, repeated, contradictions, circle, shared } = consistencyOf([
      [..."甲乙丙"],
      [..."甲乙"],
      [..."甲丙"],
    ]);
    expect([pairs, repeated, contradictions, circle, shared]).toEqual([5, 2, [], null, 3]);
  });

  test("that turn a pair round contradict it, and name it as it was first", () => {
    const { repeated, contradictions, circle } = consistencyOf([[..."甲乙丙"], [..."丙甲"], [..."甲丙"]]);
    expect(repeated).toBe(1);
    expect(contradictions).toEqual([["甲", "丙"]]);
    expect(circle).toBeNull();
  });

  test("can make a circle without any pair being turned round", () => {
    const { contradictions, circle } = consistencyOf([[..."甲乙"], [..."乙丙"], [..."丙甲"], [..."丁戊"]]);
    expect(contradictions).toEqual([]);
    expect([...circle!].sort()).toEqual([..."丙乙甲"].sort());
    // Each better than the next.
    const doubled = [...circle!, circle![0]!].join("");
    for (const pair of ["甲乙", "乙丙", "丙甲"]) expect(doubled).toContain(pair);
  });
});

test.each<[string, [number, number][], number | null]>([
  [
    "none",
    [
      [0, 1],
      [1, 2],
      [0, 2],
    ],
    null,
  ],
  [
    "of three",
    [
      [0, 1],
      [1, 2],
      [2, 0],
    ],
    3,
  ],
  [
    "the shorter of two",
    [
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 0],
      [4, 5],
      [5, 6],
      [6, 4],
    ],
    3,
  ],
  [
    "not with what hangs on it",
    [
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 1],
    ],
    3,
  ],
])("circle: %s", (_name, pairs, length) => {
  const circle = shortestCircle(
    7,
    pairs.map(([better, worse]) => ({ better, worse })),
  );
  expect(circle?.length ?? null).toBe(length);
  for (const [i, item] of (circle ?? []).entries()) {
    expect(pairs).toContainEqual([item, circle![(i + 1) % circle!.length]]);
  }
});
