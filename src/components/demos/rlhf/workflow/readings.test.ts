import { expect, it } from "vitest";
import type { LearnedReview, RlhfMetrics } from "../../../../engine/experiments/rlhf-records.ts";
import { PARTS } from "./parts.ts";
import { IDLE, loopReadings, rewardReadings, tellPart } from "./readings.ts";
import { extremes, roundOf } from "./rounds.ts";

const RECORD: RlhfMetrics = {
  iteration: 3,
  reward: 0.6,
  kl: 2,
  entropy: 3.5,
  distinct2: 0.9,
  length: 4,
  ended: 1,
  rewardDeviation: 0.1,
  explainedVariance: 0,
  updateKl: 0.0123,
  clipFraction: 0.25,
  policyLoss: 0,
  valueLoss: 0,
  gradientNorm: 1,
  learningRate: 1e-3,
  epochs: 2,
  seconds: 1,
};

function review(text: string, advantages: readonly number[]): LearnedReview {
  const tokens = [...text];
  const zeros = new Float32Array(tokens.length);
  return {
    category: "酒店",
    opening: "",
    text,
    tokens,
    reward: 0.6,
    kl: 2,
    length: tokens.length,
    ended: true,
    logProbs: zeros,
    reference: zeros,
    values: zeros,
    rewards: zeros,
    advantages: Float32Array.from(advantages),
  };
}

const REVIEWS = [review("房间干净", [0.5, -1.5, 0, 1]), review("差", [2])];
const ROUND = roundOf(RECORD, REVIEWS);

it("every box that runs has a reading, before and after", () => {
  const running = PARTS.filter(({ run }) => run).map(({ id }) => id);
  expect(Object.keys(IDLE)).toEqual(running);
  const state = { rankings: [["好", "坏"]], byReader: false, stored: 0, record: undefined };
  const now = { ...rewardReadings(state), ...loopReadings(ROUND, 0.03) };
  for (const id of running) expect(now, id).toHaveProperty(id, expect.stringMatching(/./));
});

it("the boxes of a round say what it measured", () => {
  expect(loopReadings(ROUND, 0.03)).toEqual({
    rollout: "第 3 轮：「房间干净」",
    penalty: "0.60 − 0.060",
    advantages: "−1.50 … 2.00",
    update: "截断 25.0%，KL 0.0123",
  });
  // Nothing of the second step, which may have run.
  expect(Object.keys(loopReadings(undefined, 0.03))).toEqual(Object.keys(loopReadings(ROUND, 0.03)));
  const long = loopReadings(roundOf(RECORD, [review("👍🏽".repeat(40), [0])]), 0.03);
  expect(long.rollout).toMatch(/…」$/);
});

it("a round of which nothing was learned says so", () => {
  const nothing = { ...ROUND, updateKl: null, clipFraction: null, epochs: 0 };
  expect(loopReadings(nothing, 0.03).update).toContain("没有学");
  expect(tellPart("update", nothing, 0.03)).toContain("权重一个也没动");
});

it("keeps a few reviews of a round, and how many there were", () => {
  const many = roundOf(
    RECORD,
    Array.from({ length: 9 }, () => REVIEWS[0]!),
  );
  expect(many.written).toBe(9);
  expect(many.reviews).toHaveLength(4);
  expect(many.reviews[0]).toMatchObject({ text: "房间干净", advantages: [0.5, -1.5, 0, 1] });
});

it("finds the tokens that were most and least worth", () => {
  expect(extremes(REVIEWS)).toEqual({ min: { token: "间", advantage: -1.5 }, max: { token: "差", advantage: 2 } });
  expect(extremes([])).toBeUndefined();
});

it("tells what the reward costs", () => {
  expect(tellPart("penalty", ROUND, 0.03)).toContain("扣 0.060，净得 0.540");
  expect(tellPart("advantages", ROUND, 0.03)).toContain("「差」");
});

it("knows whose rankings they are, and that some wait in 10.6", () => {
  const state = { rankings: [], byReader: false, stored: 3, record: undefined };
  expect(rewardReadings(state).comparisons).toBe("你在 10.6 排过 3 组");
  expect(rewardReadings({ ...state, stored: 0 }).comparisons).toBe(IDLE.comparisons);
  expect(rewardReadings({ ...state, rankings: [["好", "坏"]], byReader: true }).comparisons).toBe("你排了 1 组");
});
