import { expect, test } from "vitest";
import { bestOfN, bestOfNKl } from "./best-of-n.ts";

test("the mean over every choice of n of them", () => {
  const rewards = [0.5, 0.1, 0.9, 0.3];
  const choices = (n: number): number[][] =>
    Array.from({ length: 2 ** rewards.length }, (_, bits) => rewards.filter((_, i) => bits & (1 << i))).filter(
      ({ length }) => length === n,
    );
  for (const [i, mean] of bestOfN(rewards).entries()) {
    const best = choices(i + 1).map((choice) => Math.max(...choice));
    expect(mean).toBeCloseTo(best.reduce((sum, value) => sum + value, 0) / best.length, 9);
  }
});

test("equal rewards stay what they are, one is itself, none is nothing", () => {
  expect(bestOfN([0.25, 0.25, 0.25])).toEqual([0.25, 0.25, 0.25]);
  expect(bestOfN([0.7])).toEqual([0.7]);
  expect(bestOfN([])).toEqual([]);
  expect(() => bestOfN([1, Number.NaN])).toThrow("不是有限的数");
});

test("the KL bound, by hand", () => {
  expect(bestOfNKl(1)).toBe(0);
  expect(bestOfNKl(2)).toBeCloseTo(Math.LN2 - 0.5, 12);
  expect(bestOfNKl(16)).toBeCloseTo(Math.log(16) - 15 / 16, 12);
});
