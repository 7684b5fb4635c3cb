import { expect, test } from "vitest";
import { type Explained, ofLargest } from "../../../subjects/attribution/explain.ts";
import { type Cascade, chanceLikeness, leftOver, likeness, stageName } from "./cascade.ts";

/** A cascade of one method, whose map is turned round once the first part is randomized. */
function cascadeOf(maps: readonly (readonly number[])[]): Cascade {
  const stages = maps.map((values): Explained => {
    const curve = new Float64Array(values.length + 1);
    const own = { values: Float64Array.from(values), deletion: curve, insertion: curve };
    const methods = [{ method: "occlusion" as const, ...own }];
    return { full: 1, empty: 0, tokens: [..."甲乙丙"], unknown: [], at: { method: "occlusion", reads: 1 }, methods };
  });
  return { stages, parts: maps.length - 1 };
}

test("a map is compared with that of the trained model; what is left over is that of the last half", () => {
  const cascade = cascadeOf([
    [1, 2, 3],
    [3, 2, 1],
    [1, 3, 2],
    [5, 5, 5],
  ]);
  expect(likeness(cascade, "occlusion", 0)).toBeCloseTo(1, 12);
  expect(likeness(cascade, "occlusion", 1)).toBeCloseTo(-1, 12);
  expect(likeness(cascade, "occlusion", 3)).toBeNull();
  expect(leftOver(cascade, "occlusion")).toBeCloseTo(0.5, 12);
});

test("chance is the more alike, the fewer tokens there are", () => {
  // Of three tokens ρ is ±1 in two orders of six and ±0.5 in four.
  expect(chanceLikeness(3)).toBeCloseTo(2 / 3, 1);
  expect(chanceLikeness(10)).toBeLessThan(chanceLikeness(5));
});

test("stages are named by what is randomized last; maps are shares of their largest number", () => {
  expect([0, 1, 2, 3, 8, 9].map((stage) => stageName(stage, 9).replaceAll("\u00a0", " "))).toEqual([
    ...["训练好的", "分类层", "＋汇总层", "＋第 6 块", "＋第 1 块", "＋嵌入"],
  ]);
  expect([...ofLargest(Float64Array.of(1, -4, 2))]).toEqual([0.25, -1, 0.5]);
  expect([...ofLargest(Float64Array.of(0, 0))]).toEqual([0, 0]);
});
