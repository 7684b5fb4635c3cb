import { expect, it } from "vitest";
import { tokenRewards } from "../../../../engine/rl/token-rewards.ts";
import { accountOf, shadeOf } from "./account.ts";

const logProbs = Float32Array.of(-1, -2, -0.5);
const reference = Float32Array.of(-1, -1, -2);
const review = {
  category: "酒店",
  opening: "房间",
  text: "房间好。",
  reward: 0.8,
  kl: 0.5,
  length: 3,
  ended: true,
  tokens: ["好", "。", "[END]"],
  logProbs,
  reference,
  values: Float32Array.of(0.4, 0.5, 0.6),
  rewards: tokenRewards({ logProbs, reference, reward: 0.8 }, 0.1),
  advantages: Float32Array.of(1, 0, -1),
};

it("adds up: drifts to the KL divergence of the review, rewards to the reward less β times it", () => {
  const account = accountOf(review);
  const sum = (key: "drift" | "reward") => account.reduce((total, token) => total + token[key], 0);
  expect(account.map(({ drift }) => drift)).toEqual([0, -1, 1.5]);
  expect(sum("drift")).toBeCloseTo(review.kl, 6);
  expect(sum("reward")).toBeCloseTo(0.8 - 0.1 * 0.5, 6);
});

it("shades by distance, in either direction", () => {
  const account = accountOf(review);
  expect(account.map((_, t) => shadeOf(account, t))).toEqual([0, 1 / 1.5, 1]);
  const still = accountOf({ ...review, logProbs: reference });
  expect(still.map((_, t) => shadeOf(still, t))).toEqual([0, 0, 0]);
});
