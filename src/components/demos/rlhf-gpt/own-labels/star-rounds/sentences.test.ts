import { describe, expect, test } from "vitest";
import type { RlhfMetrics } from "../../../../../engine/experiments/rlhf-records.ts";
import { foresee, starsOf, tellRound } from "./sentences.ts";

test("stars and rewards are the same scale", () => {
  expect([0, 0.25, 0.5, 0.75, 1].map(starsOf)).toEqual([1, 2, 3, 4, 5]);
});

describe("before a round is learned", () => {
  test.each<[readonly (number | null)[], string]>([
    [[null, null], "至少打一条"],
    [[3, null, 3], "全是 3 星"],
    [[3, 3], "优势全是 0"],
  ])("%j: %s", (stars, sentence) => expect(foresee(stars)).toContain(sentence));

  test.each<[readonly (number | null)[], string]>([
    [[3, null], "打了 1 / 2 条。"],
    [[3, 4, null], "打了 2 / 3 条。"],
  ])("%j can be learned from", (stars, sentence) => expect(foresee(stars)).toBe(sentence));
});

test("a round in which nothing was learned says why", () => {
  const learned = { iteration: 2, reward: 0.5, epochs: 2, updateKl: 0.0123, learningRate: 1e-3 } as RlhfMetrics;
  expect(tellRound(learned)).toBe("第 2 轮平均 3.0 星，学了 2 遍，策略挪了每词元 0.0123 纳特。");
  expect(tellRound({ ...learned, epochs: 0, updateKl: null })).toContain("每条都一样");
  expect(tellRound({ ...learned, learningRate: 0, updateKl: 0 })).toContain("学习率是 0");
});
