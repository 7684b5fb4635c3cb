import { expect, it } from "vitest";
import { atEqualKl, breakEven, doublings, pathOf, reaching, sameWriting, WINDOW } from "./best-of-n-comparison.ts";
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

it("compares at the same KL, between two points, as late as the points reach", () => {
  const path = [0, 0.7, 2.25, 2.6, 2.4, 3].map((kl, i) => ({ round: i + 1, kl, reward: i / 10 }));
  // n = 5 and 6: 2 and 2.5 nats.
  expect(atEqualKl(POINTS, path)).toMatchObject({ round: 5, kl: 2.4, ppo: 0.4, bestOfN: expect.closeTo(0.816, 9) });
  expect(atEqualKl(POINTS, path.slice(0, 4))).toMatchObject({ round: 3, bestOfN: expect.closeTo(0.81, 9) });
  expect(atEqualKl(POINTS, path.slice(0, 1))).toMatchObject({ round: 1, ppo: 0, bestOfN: 0.5 });
});

it("takes an estimate below 0 for the model itself, and compares nothing beyond what was measured", () => {
  expect(atEqualKl(POINTS, [{ round: 2, kl: -0.01, reward: 0.6 }])).toMatchObject({ bestOfN: 0.5 });
  expect(atEqualKl(POINTS, [{ round: 1, kl: 2.6, reward: 0.9 }])).toBeUndefined();
  expect(atEqualKl(POINTS, [])).toBeUndefined();
  expect(atEqualKl([], [{ round: 1, kl: 0, reward: 0.5 }])).toBeUndefined();
});

it("knows which runs wrote alike, whatever else was set", () => {
  expect(sameWriting(RLHF_DEFAULTS, { ...RLHF_DEFAULTS, klWeight: 0 } as typeof RLHF_DEFAULTS)).toBe(true);
  expect(sameWriting(RLHF_DEFAULTS, { ...RLHF_DEFAULTS, length: 3 })).toBe(false);
});

it("a training of 120 s pays after 160 reviews against the best of 16 at 0.05 s each", () => {
  expect(breakEven(120, 16, 0.05)).toBeCloseTo(160, 9);
  expect(breakEven(120, 1, 0.05)).toBe(Number.POSITIVE_INFINITY);
});
