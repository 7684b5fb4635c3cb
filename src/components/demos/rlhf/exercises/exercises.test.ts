import { describe, expect, it } from "vitest";
import { verdictOn } from "../../../kit/exercise/number-question.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { fields, planOf } from "../goodhart/fields.ts";
import { BETA } from "./beta.ts";
import { CHAIN, chainAnswer } from "./chain.ts";
import { lastReward, PENALTY } from "./penalty.ts";
import { checkBest } from "./predict-best.ts";

describe("chain", () => {
  it("knows the odds of nine to one, as a share or a percentage", () => {
    expect(chainAnswer()).toBeCloseTo(0.9, 9);
    for (const answer of ["0.9", "90%", "０．９", " 0.902 "])
      expect(verdictOn(CHAIN, answer).kind, answer).toBe("right");
  });

  it("knows the usual mistakes", () => {
    expect(verdictOn(CHAIN, "0.5625").reason).toContain("相乘");
    expect(verdictOn(CHAIN, "75%").reason).toContain("不止");
    expect(verdictOn(CHAIN, "0.5").reason).toContain("没有直接比过");
    expect(verdictOn(CHAIN, "0.8").kind).toBe("wrong");
  });
});

describe("beta", () => {
  it("takes every β that does it, and says what another one does", () => {
    for (const answer of ["0.798", "0.8", String(1 / Math.log(3.5))])
      expect(verdictOn(BETA, answer).kind, answer).toBe("right");
    expect(verdictOn(BETA, "2")).toMatchObject({ kind: "wrong", reason: expect.stringContaining("太紧") });
    expect(verdictOn(BETA, "0.1")).toMatchObject({ kind: "wrong", reason: expect.stringContaining("太松") });
    expect(verdictOn(BETA, "1e-300").kind).toBe("wrong");
  });
});

describe("penalty", () => {
  it("takes the engine's reward of the last token", () => {
    expect(lastReward()).toBeCloseTo(1 + 0.1 * Math.LN2, 5);
    for (const answer of ["1.069", "1.0693", "1.07"]) expect(verdictOn(PENALTY, answer).kind, answer).toBe("right");
  });

  it("knows the usual mistakes", () => {
    expect(verdictOn(PENALTY, "0.931").reason).toContain("符号反了");
    expect(verdictOn(PENALTY, "1").reason).toContain("忘了 KL");
    expect(verdictOn(PENALTY, "0.069").reason).toContain("只是 KL");
    expect(verdictOn(PENALTY, "5").kind).toBe("wrong");
  });
});

it("predict-best: a guess waits for the reader's own poems of other characters, and is held against them", () => {
  const shares = [0, 0.1, 0.5, 0.5, 0.2];
  const betas = [Number.POSITIVE_INFINITY, 1, 0.5, 0.35, 0.25];
  const measured = { samples: [], reward: 1, kl: 1, logProb: -1, distinct2: 1 };
  const rows = betas.map((beta, i) => ({ beta, ...measured, meant: shares[i]! }));
  const own = { plan: { ...planOf(initial(fields)), liked: "春风" }, rows };
  expect(checkBest("0.3", own)).toMatchObject({ kind: "unusable", reason: expect.stringContaining("0.25") });
  expect(checkBest("0.5", undefined).reason).toContain("写诗");
  expect(checkBest("0.5", { ...own, plan: planOf(initial(fields)) }).reason).toContain("换一个");
  for (const answer of ["0.5", "0.35"]) expect(checkBest(answer, own).kind, answer).toBe("right");
  expect(checkBest("1", own)).toMatchObject({ kind: "wrong", reason: expect.stringContaining("50% 合意") });
  expect(checkBest("1", { ...own, rows: rows.slice(0, 1) }).kind).toBe("unusable");
});

it.each(["", " ", "%", "一", "NaN", "Infinity", "1,5", "👍", "-1x"])("%j is no answer to anything", (answer) => {
  for (const question of [CHAIN, BETA, PENALTY]) expect(verdictOn(question, answer).kind).toBe("unusable");
});

it("numbers that make no sense are not checked", () => {
  expect(verdictOn(CHAIN, "2").kind).toBe("unusable");
  expect(verdictOn(BETA, "0").kind).toBe("unusable");
  expect(verdictOn(BETA, "-1").kind).toBe("unusable");
});
