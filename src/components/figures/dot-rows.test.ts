import { expect, it } from "vitest";
import { formatPercent } from "../kit/text/format.ts";
import { type Dot, lanesOf, tellRow } from "./dot-rows.ts";

const dot = (value: number, more: Partial<Dot> = {}): Dot => ({ name: "甲", value, look: "full", ...more });

it("values with an interval have a line each, in their order", () => {
  expect(lanesOf([dot(0.9, { low: 0.8, high: 1 }), dot(0.1, { low: 0, high: 0.2 })], 1)).toEqual([0, 1]);
});

it("dots are beside each other where there is room, and else below each other", () => {
  expect(lanesOf([dot(0.5), dot(0.1), dot(0.9)], 1)).toEqual([0, 0, 0]);
  expect(lanesOf([dot(0.51), dot(0.5), dot(0.9), dot(0.52)], 1)).toEqual([1, 0, 0, 2]);
  // The same distance on a longer axis is less.
  expect(lanesOf([dot(0.5), dot(0.6)], 10)).toEqual([0, 1]);
  expect(lanesOf([], 1)).toEqual([]);
});

it("a row says all of its numbers", () => {
  const dots = [dot(0.5, { low: 0.25, high: 0.75 }), dot(1, { name: "乙", note: "3 / 3" })];
  expect(tellRow({ id: "a", title: "自己停下", dots }, formatPercent)).toBe(
    "自己停下：甲 50.0%（25.0%–75.0%）；乙 100%，3 / 3。",
  );
  expect(tellRow({ id: "a", title: "自己停下", dots: [] }, formatPercent)).toBe("自己停下：还没有。");
});
