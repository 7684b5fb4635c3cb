import { expect, it } from "vitest";
import { RLHF_DEFAULTS } from "../../../../engine/experiments/rlhf-settings.ts";
import { breakEven, doublings, pathOf, reaching, sameWriting, WINDOW } from "./points.ts";

const POINTS = [0.5, 0.6, 0.7, 0.75, 0.8, 0.82].map((reward, i) => ({ n: i + 1, reward, kl: i / 2 }));

it("draws the doublings, and the last n", () => {
  expect(doublings(POINTS).map(({ n }) => n)).toEqual([1, 2, 4, 6]);
  expect(doublings([])).toEqual([]);
});

it("finds the smallest n that reaches a reward", () => {
  expect(reaching(POINTS, 0.7)?.n).toBe(3);
  expect(reaching(POINTS, 0.71)?.n).toBe(4);
  expect(reaching(POINTS, 0.9)).toBeUndefined();
});

it("a path is a moving mean", () => {
  const records = Array.from({ length: 8 }, (_, i) => ({ iteration: i + 1, reward: i / 10, kl: i }));
  const path = pathOf(records);
  expect(path).toHaveLength(8);
  expect(path[0]).toEqual({ round: 1, reward: 0, kl: 0 });
  expect(path[7]?.kl).toBe((3 + 4 + 5 + 6 + 7) / WINDOW);
});

it("knows which runs wrote alike, whatever else was set", () => {
  expect(sameWriting(RLHF_DEFAULTS, { ...RLHF_DEFAULTS, klWeight: 0 } as typeof RLHF_DEFAULTS)).toBe(true);
  expect(sameWriting(RLHF_DEFAULTS, { ...RLHF_DEFAULTS, length: 3 })).toBe(false);
});

it("a training of 120 s pays after 160 reviews against the best of 16 at 0.05 s each", () => {
  expect(breakEven(120, 16, 0.05)).toBeCloseTo(160, 9);
  expect(breakEven(120, 1, 0.05)).toBe(Number.POSITIVE_INFINITY);
});
