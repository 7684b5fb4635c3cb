import { expect, test } from "vitest";
import { klOfText, tokenRewards } from "./token-rewards.ts";

const TEXT = { logProbs: [-1, -2, -0.5], reference: [-1.5, -1, -0.5], reward: 2 };

test("the penalty at every token, the reward at the last, by hand", () => {
  expect([...tokenRewards(TEXT, 0.5)]).toEqual([-0.25, 0.5, 2]);
  expect([...tokenRewards(TEXT, 0)].map(Math.abs)).toEqual([0, 0, 2]);
  expect([...tokenRewards({ ...TEXT, logProbs: [-1], reference: [-3] }, 1)]).toEqual([0]);
});

test("how far a text has moved, by hand", () => {
  expect(klOfText(TEXT)).toBe(-0.5);
  expect(klOfText({ logProbs: [], reference: [] })).toBe(0);
});
