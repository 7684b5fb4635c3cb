import { describe, expect, it } from "vitest";
import type { Pair } from "../../../../engine/rl/bradley-terry.ts";
import { bestAccuracy, hasFiniteFit } from "../../../../engine/rl/pair-scores.ts";
import { ANSWERS, EXAMPLES, LENGTHS, nextPair, readComparisons, writeComparisons } from "./answers.ts";

describe("nextPair", () => {
  it("asks about every pair once before it asks again, from both sides", () => {
    const asked: Pair[] = [];
    const lefts = new Set<boolean>();
    for (let i = 0; i < 10; i++) {
      const [better, worse] = nextPair(asked, 3);
      lefts.add(better < worse);
      asked.push({ better, worse });
    }
    expect(new Set(asked.map(({ better, worse }) => [better, worse].sort().join("")))).toHaveLength(10);
    expect(lefts).toHaveLength(2);
  });

  it("goes another way with another seed", () => {
    const first = Array.from({ length: 20 }, (_, seed) => nextPair([], seed).join());
    expect(new Set(first).size).toBeGreaterThan(3);
  });
});

it("the examples are what they say", () => {
  const { consistent, cycle, noisy, longest } = EXAMPLES;
  expect(bestAccuracy(5, consistent.choices)).toBe(1);
  expect([consistent.choices.length, hasFiniteFit(consistent.choices)]).toEqual([10, false]);
  expect(bestAccuracy(5, cycle.choices)).toBeCloseTo(2 / 3, 9);
  expect(bestAccuracy(5, noisy.choices)).toBeLessThan(1);
  expect(hasFiniteFit(noisy.choices)).toBe(true);
  expect(longest.choices.every(({ better, worse }) => LENGTHS[better]! > LENGTHS[worse]!)).toBe(true);
  expect(new Set(LENGTHS)).toHaveLength(ANSWERS.length);
});

it("comparisons in a link come back; nonsense does not", () => {
  const { choices } = EXAMPLES.noisy;
  expect(readComparisons(writeComparisons(choices))).toEqual(choices);
  expect(readComparisons("0101")).toHaveLength(2);
  expect(readComparisons("00x9912👍")).toEqual([{ better: 1, worse: 2 }]);
  expect(readComparisons("")).toEqual([]);
});
