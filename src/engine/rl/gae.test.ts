import { describe, expect, test } from "vitest";
import { explainedVariance, generalizedAdvantages, normalized, type Trajectories } from "./gae.ts";

const floats = (...values: number[]) => Float32Array.from(values);

/** Three steps that end in a terminal state. */
const EPISODE: Trajectories = {
  sequences: 1,
  rewards: floats(1, 1, 1),
  values: floats(2, 1.5, 0.5),
  nextValues: floats(1.5, 0.5, 0),
  ends: Uint8Array.of(0, 0, 1),
};

describe("advantages", () => {
  // δ = 1 + 0.9·1.5 − 2 = 0.35, 1 + 0.9·0.5 − 1.5 = −0.05, 1 − 0.5 = 0.5.
  test.each([
    { lambda: 0, expected: [0.35, -0.05, 0.5] },
    // 0.5; −0.05 + 0.45·0.5 = 0.175; 0.35 + 0.45·0.175 = 0.42875.
    { lambda: 0.5, expected: [0.42875, 0.175, 0.5] },
    // Discounted returns less the values: 1; 1.9; 2.71.
    { lambda: 1, expected: [0.71, 0.4, 0.5] },
  ])("worked out by hand, with λ = $lambda", ({ lambda, expected }) => {
    const { advantages, returns } = generalizedAdvantages(EPISODE, { discount: 0.9, lambda });
    for (const [i, value] of expected.entries()) {
      expect(advantages[i]).toBeCloseTo(value, 6);
      expect(returns[i]).toBeCloseTo(value + EPISODE.values[i]!, 6);
    }
  });

  test("nothing flows back over an end, and a cut-off episode counts what would have followed", () => {
    const settings = { discount: 0.9, lambda: 1 };
    const two: Trajectories = {
      sequences: 1,
      rewards: floats(1, 1, 1),
      values: floats(0, 0, 0),
      // The clock stopped the first episode at a state worth 10.
      nextValues: floats(0, 10, 7),
      ends: Uint8Array.of(0, 1, 0),
    };
    const { advantages } = generalizedAdvantages(two, settings);
    expect([...advantages].map((value) => Number(value.toFixed(5)))).toEqual([10, 10, 7.3]);
  });

  test("sequences that lie side by side have nothing to do with each other", () => {
    const alone = generalizedAdvantages(EPISODE, { discount: 0.9, lambda: 0.5 }).advantages;
    const beside = (numbers: Float32Array, others: number[]) =>
      Float32Array.from(others.flatMap((other, i) => [numbers[i]!, other]));
    const both = generalizedAdvantages(
      {
        sequences: 2,
        rewards: beside(EPISODE.rewards, [5, -3, 8]),
        values: beside(EPISODE.values, [1, 2, 3]),
        nextValues: beside(EPISODE.nextValues, [2, 3, 4]),
        ends: Uint8Array.of(0, 1, 0, 0, 1, 0),
      },
      { discount: 0.9, lambda: 0.5 },
    ).advantages;
    expect([both[0], both[2], both[4]]).toEqual([...alone]);
  });

  test("a record with a piece missing is refused", () => {
    const broken = { ...EPISODE, values: floats(1, 2) };
    expect(() => generalizedAdvantages(broken, { discount: 1, lambda: 1 })).toThrow(/3 rewards/);
  });
});

test("the explained variance is 1 for a perfect critic, 0 for the mean, negative for a worse one", () => {
  const returns = floats(1, 2, 3, 4);
  expect(explainedVariance(returns, returns)).toBe(1);
  expect(explainedVariance(floats(2.5, 2.5, 2.5, 2.5), returns)).toBeCloseTo(0, 6);
  expect(explainedVariance(floats(4, 3, 2, 1), returns)).toBeCloseTo(-3, 6);
  expect(explainedVariance(returns, floats(5, 5, 5, 5))).toBeNull();
});

test("normalized advantages have mean 0 and deviation 1; equal ones become 0", () => {
  const [a, b, c] = normalized(floats(1, 2, 3));
  expect(a).toBeCloseTo(-1.224745, 5);
  expect(b).toBeCloseTo(0, 6);
  expect(c).toBeCloseTo(1.224745, 5);
  expect([...normalized(floats(4, 4))]).toEqual([0, 0]);
});
