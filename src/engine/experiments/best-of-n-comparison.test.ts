import { expect, it } from "vitest";
import { bestOfNAt, breakEven, doublings, pathOf, reaching, sameWriting, WINDOW } from "./best-of-n-comparison.ts";
import { RLHF_DEFAULTS } from "./rlhf-settings.ts";

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

it("says what the best of n is worth at a KL divergence, between two points", () => {
  // n = 5 and 6: 2 and 2.5 nats.
  expect(bestOfNAt(POINTS, 2.4)).toBeCloseTo(0.816, 9);
  expect(bestOfNAt(POINTS, 2)).toBe(0.8);
  expect(bestOfNAt(POINTS, 2.5)).toBe(0.82);
});

it("takes an estimate below 0 for the model itself, and says nothing beyond what was measured", () => {
  expect(bestOfNAt(POINTS, -0.01)).toBe(0.5);
  expect(bestOfNAt(POINTS, 2.6)).toBeUndefined();
  expect(bestOfNAt([], 0)).toBeUndefined();
});

it("knows which runs wrote alike, whatever else was set", () => {
  expect(sameWriting(RLHF_DEFAULTS, { ...RLHF_DEFAULTS, klWeight: 0 } as typeof RLHF_DEFAULTS)).toBe(true);
  expect(sameWriting(RLHF_DEFAULTS, { ...RLHF_DEFAULTS, length: 3 })).toBe(false);
});

it("a training of 120 s pays after 160 reviews against the best of 16 at 0.05 s each", () => {
  expect(breakEven(120, 16, 0.05)).toBeCloseTo(160, 9);
  expect(breakEven(120, 1, 0.05)).toBe(Number.POSITIVE_INFINITY);
});
