import { describe, expect, it } from "vitest";
import { PUBLISHED } from "./published.ts";
import { formatSpan, powerOfTen, tellSpeed, tokensFor, trainingOperations } from "./scale.ts";

const gpt3 = PUBLISHED.find(({ name }) => name === "GPT-3")!;

describe("training's compute", () => {
  it("is what GPT-3's paper has for it, 3.14e23 (table D.1), within a hundredth", () => {
    expect(trainingOperations(gpt3)).toBeCloseTo(3.15e23, -21);
  });

  it("counts of a mixture of experts what a token uses", () => {
    const deepSeek = PUBLISHED.find(({ name }) => name === "DeepSeek-V3")!;
    expect(trainingOperations(deepSeek)).toBe(6 * 37e9 * 14.8e12);
  });

  it("is not known where the tokens are not", () => {
    expect(trainingOperations(PUBLISHED.find(({ name }) => name === "GPT-2")!)).toBeNull();
  });

  it("and tokens are two sides of one thing", () => {
    expect(tokensFor(trainingOperations(gpt3)!, gpt3.parameters)).toBeCloseTo(gpt3.tokens!, 0);
  });
});

describe("published models", () => {
  it("are told apart by name, and in the order of their dates", () => {
    expect(new Set(PUBLISHED.map(({ name }) => name)).size).toBe(PUBLISHED.length);
    const dates = PUBLISHED.map(({ date }) => date);
    expect(dates).toEqual(dates.toSorted());
  });

  it("have a paper and the line that they were read from", () => {
    for (const { url, line, paper } of PUBLISHED) {
      expect(url).toMatch(/^https:\/\//);
      expect(paper).not.toBe("");
      expect(line).toMatch(/\d/);
    }
  });
});

it("writes powers of ten and long times", () => {
  expect(powerOfTen(1e23)).toBe("10²³");
  expect(powerOfTen(3.14e23)).toBe("3.1 × 10²³");
  expect(powerOfTen(9.99e9)).toBe("10¹⁰");
  expect([30, 7200, 86400 * 3, 3.2e9].map(formatSpan)).toEqual([
    "30\u00a0秒",
    "2\u00a0小时",
    "3\u00a0天",
    "101\u00a0年",
  ]);
});

it("says what a speed means, and nothing before it is measured", () => {
  expect(tellSpeed({ points: PUBLISHED })).toBeUndefined();
  expect(tellSpeed({ points: PUBLISHED, speed: 1e10 })).toMatch(/每秒做 10¹⁰ 次浮点运算.*训练 GPT-3 要 .*年/);
});
