import { describe, expect, it } from "vitest";
import { comparison } from "./sentences.ts";

const hypothesis = (ids: number[], logProb: number) => ({
  ids,
  logProb,
  score: logProb / ids.length,
  parent: 0,
  reason: "end" as const,
});
const greedy = (ids: number[], logProb: number) => ({ ids, logProb, score: logProb / ids.length });

describe("comparison", () => {
  it("says by how much the search is better", () => {
    expect(comparison(hypothesis([1, 2], -2), greedy([3, 4], -4))).toBe(
      "束搜索高 1.000 分。整首的概率，束搜索的是贪心那首的 7.39 倍。",
    );
  });

  it("says when greedy is better", () => {
    expect(comparison(hypothesis([1, 2], -4), greedy([3, 4], -2))).toBe(
      "贪心反而高 1.000 分：束搜索不保证更好。整首的概率，束搜索的只有贪心那首的 1/7.39。",
    );
  });

  it("says when they are the same text", () => {
    expect(comparison(hypothesis([1, 2], -2), greedy([1, 2], -2))).toContain("同一首");
  });

  it("keeps apart the score and the probability: a longer text can win the one and lose the other", () => {
    const sentence = comparison(hypothesis([1, 2, 3, 4], -6), greedy([3, 4], -4));
    expect(sentence).toContain("束搜索高 0.500 分");
    expect(sentence).toContain("只有贪心那首的 1/7.39");
  });
});
