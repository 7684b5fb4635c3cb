import { expect, test } from "vitest";
import { evenCausal } from "./causal-roles.ts";
import { attentionRollout, meanOverHeads } from "./rollout.ts";

const layer = (...heads: number[][]) => ({ shape: [heads.length, 2, 2], data: Float32Array.from(heads.flat()) });

test("the mean is that of the heads", () => {
  expect([...meanOverHeads(layer([1, 0, 1, 0], [1, 0, 0, 1]))]).toEqual([1, 0, 0.5, 0.5]);
});

test("rollout by hand: half stays in every layer, and what comes is what was there below", () => {
  const back = layer([1, 0, 1, 0]);
  const [first, second] = attentionRollout([back, back]);
  expect([...first!]).toEqual([1, 0, 0.5, 0.5]);
  expect([...second!]).toEqual([1, 0, 0.75, 0.25]);
});

test("the order of the layers counts", () => {
  // [0.5 0.5; 0 1] · [1 0; 0.5 0.5], not the other way round.
  const [, second] = attentionRollout([layer([1, 0, 1, 0]), layer([0, 1, 0, 1])]);
  expect([...second!]).toEqual([0.75, 0.25, 0.5, 0.5]);
});

test("of a causal model nothing comes from behind, and all of it comes from somewhere", () => {
  const length = 5;
  for (const rolled of attentionRollout(Array.from({ length: 6 }, () => evenCausal(length)))) {
    for (let i = 0; i < length; i++) {
      const row = rolled.subarray(i * length, (i + 1) * length);
      expect(row.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
      expect([...row.subarray(i + 1)].every((share) => share === 0)).toBe(true);
    }
  }
  expect(attentionRollout([])).toEqual([]);
});
