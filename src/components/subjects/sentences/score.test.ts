import { expect, test } from "vitest";
import { csvOf } from "../../figures/data-table.ts";
import { addScores, NO_SCORE, placeOf, scoreColumns, scoreOf } from "./score.ts";

const logits = Float32Array.of(0.5, 3, -1, 2, 2);

test("the best of several right answers counts", () => {
  expect(placeOf(logits, [1])).toBe(0);
  expect(placeOf(logits, [2, 3])).toBe(1);
  // What is exactly as likely does not stand before it.
  expect(placeOf(logits, [4])).toBe(1);
  expect(placeOf(logits, [2])).toBe(4);
  expect(placeOf(logits, [])).toBe(Number.POSITIVE_INFINITY);
});

test("scores add up, and have an interval as soon as something was asked", () => {
  const score = addScores(scoreOf([0, 4, 5]), scoreOf([0, Number.POSITIVE_INFINITY]));
  expect(score).toEqual({ asked: 5, first: 2, five: 3 });
  const { columns, rows } = csvOf(scoreColumns("谁"), [
    { name: "甲", score },
    { name: "乙", score: NO_SCORE },
  ]);
  expect(columns.slice(0, 3)).toEqual(["谁", "个数", "第一个就对"]);
  expect(rows[0]?.slice(0, 3)).toEqual(["甲", 5, 0.4]);
  const [, , , low, high] = rows[0] ?? [];
  expect(low).toBeLessThan(0.4);
  expect(high).toBeGreaterThan(0.4);
  expect(rows[1]?.slice(1)).toEqual([0, "", "", "", "", "", ""]);
});
