import { expect, test } from "vitest";
import { MAX_QUESTION, questionProblem } from "../asking.ts";
import { agreementOf, likeness, totalOf } from "./agreement.ts";
import { TOPICS } from "./topics.ts";

test("texts are as alike as they share pairs of characters", () => {
  expect(likeness("北京市", "北京市")).toBe(1);
  expect(likeness("北京", "上海")).toBe(0);
  // 北京 京市 against 北京 京城: one of two.
  expect(likeness("北京市", "北京城")).toBe(0.5);
  // A pair counts as often as both have it.
  expect(likeness("哈哈哈哈", "哈哈")).toBe(0.5);
  expect(likeness("", "")).toBe(1);
  expect(likeness("好", "坏")).toBe(0);
  expect(likeness("", "北京")).toBe(0);
});

test("wordings agree on an answer, or not", () => {
  const rows = [
    { wording: "一", answer: "北京", given: [-1, -1] },
    { wording: "二", answer: "北京", given: [-2, -2] },
    { wording: "三", answer: "上海", given: [0, -1] },
  ];
  expect(totalOf(rows[1]!)).toBe(-4);
  const agreement = agreementOf(rows)!;
  expect(agreement).toMatchObject({ different: 2, best: "三", worst: "二" });
  expect(agreement.likeness).toBeCloseTo(1 / 3);
  expect(agreement.ratio).toBeCloseTo(Math.exp(3));
  expect(agreementOf(rows.slice(0, 1))).toBeUndefined();
});

test("every wording can be asked", () => {
  for (const { wordings, answer } of TOPICS) {
    expect(wordings).toHaveLength(6);
    expect(new Set(wordings).size).toBe(6);
    expect(answer).toMatch(/。$/u);
    for (const wording of wordings) {
      expect([...wording].length).toBeLessThanOrEqual(MAX_QUESTION);
      expect(questionProblem(wording)).toBeUndefined();
    }
  }
});
