import { describe, expect, it } from "vitest";
import { checkBeta } from "./beta.ts";
import { chainAnswer, checkChain } from "./chain.ts";
import { checkPenalty, lastReward } from "./penalty.ts";

describe("checkChain", () => {
  it("knows the odds of nine to one, as a share or a percentage", () => {
    expect(chainAnswer()).toBeCloseTo(0.9, 9);
    for (const answer of ["0.9", "90%", "０．９", " 0.902 "]) expect(checkChain(answer).kind, answer).toBe("right");
  });

  it("knows the usual mistakes", () => {
    expect(checkChain("0.5625").reason).toContain("相乘");
    expect(checkChain("75%").reason).toContain("不止");
    expect(checkChain("0.5").reason).toContain("没有直接比过");
    expect(checkChain("0.8").kind).toBe("wrong");
  });
});

describe("checkBeta", () => {
  it("takes every β that does it, and says what another one does", () => {
    for (const answer of ["0.798", "0.8", String(1 / Math.log(3.5))])
      expect(checkBeta(answer).kind, answer).toBe("right");
    expect(checkBeta("2")).toMatchObject({ kind: "wrong", reason: expect.stringContaining("太紧") });
    expect(checkBeta("0.1")).toMatchObject({ kind: "wrong", reason: expect.stringContaining("太松") });
    expect(checkBeta("1e-300").kind).toBe("wrong");
  });
});

describe("checkPenalty", () => {
  it("takes the engine's reward of the last token", () => {
    expect(lastReward()).toBeCloseTo(1 + 0.1 * Math.LN2, 5);
    for (const answer of ["1.069", "1.0693", "1.07"]) expect(checkPenalty(answer).kind, answer).toBe("right");
  });

  it("knows the usual mistakes", () => {
    expect(checkPenalty("0.931").reason).toContain("符号反了");
    expect(checkPenalty("1").reason).toContain("忘了 KL");
    expect(checkPenalty("0.069").reason).toContain("只是 KL");
    expect(checkPenalty("5").kind).toBe("wrong");
  });
});

it.each(["", " ", "%", "一", "NaN", "Infinity", "1,5", "👍", "-1x"])("%j is no answer to anything", (answer) => {
  for (const check of [checkChain, checkBeta, checkPenalty]) expect(check(answer).kind).toBe("unusable");
});

it("numbers that make no sense are not checked", () => {
  expect(checkChain("2").kind).toBe("unusable");
  expect(checkBeta("0").kind).toBe("unusable");
  expect(checkBeta("-1").kind).toBe("unusable");
});
