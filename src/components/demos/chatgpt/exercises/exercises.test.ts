import { expect, test } from "vitest";
import { verdictOn } from "../../../kit/exercise/number-question.ts";
import { writingFields } from "../fields.ts";
import { QUESTIONS as MEASURED } from "../measured/questions.ts";
import { checkMask } from "./mask.ts";
import { MASKED_LOSS } from "./masked-loss.ts";
import { checkForgotten } from "./predict-forget.ts";
import { checkStopping, endAtEveryStep, QUESTIONS, STEPS } from "./stopping.ts";

test("the tokens that count are those of the answer, with the end", () => {
  expect(checkMask([11, 8, 10, 9]).kind).toBe("right");
  expect(checkMask([]).kind).toBe("unusable");
  expect(checkMask([8, 9, 10]).reason).toContain("少了 [END]");
  expect(checkMask([7, 8, 9, 10, 11]).reason).toContain("[答] 是给定的");
  expect(checkMask([1, 8, 9, 10, 11]).reason).toContain("替用户提问");
  expect(checkMask([8, 11])).toEqual({ kind: "wrong", reason: "回答里还有词元没有点。" });
});

test("the masked loss is the mean over what is learnt", () => {
  expect(verdictOn(MASKED_LOSS, String(-Math.log(0.01) / 4)).kind).toBe("right");
  for (const answer of ["1.15", "1.151", "１.151"]) expect(verdictOn(MASKED_LOSS, answer).kind, answer).toBe("right");
  for (const answer of ["", "很大", "∞"]) expect(verdictOn(MASKED_LOSS, answer).kind, answer).toBe("unusable");
  expect(verdictOn(MASKED_LOSS, "-1.151").reason).toContain("符号");
  expect(verdictOn(MASKED_LOSS, "4.605").reason).toContain("总和");
  expect(verdictOn(MASKED_LOSS, "0.384").reason).toContain("全部词元");
  // (−ln 0.1) / 3
  expect(verdictOn(MASKED_LOSS, "0.768").reason).toContain("漏了 [END]");
  expect(verdictOn(MASKED_LOSS, "0").kind).toBe("wrong");
});

test("a small chance of stopping adds up, whatever was counted", () => {
  expect(endAtEveryStep(0.75, 2)).toBe(0.5);
  // Half of them: 1 − 0.5^(1/80); a quarter: 1 − 0.75^(1/80).
  for (const answer of ["0.86", "0.863%", "０．８６％"]) expect(checkStopping("18", answer).kind, answer).toBe("right");
  expect(checkStopping("9", "0.36").kind).toBe("right");
  expect(checkStopping("18", "0.36").kind).toBe("wrong");
  expect(checkStopping("18", "0.625").reason).toContain("平分");
  expect(checkStopping("18", "50%").reason).toContain("80 步以内");
  expect(checkStopping("18", "99.14").reason).toContain("不停");
  for (const stopped of ["", "很多", "37", "-1", "1.5", "0", "36"]) {
    expect(checkStopping(stopped, "1").kind, stopped).toBe("unusable");
  }
  for (const percent of ["", "不知道", "-1"]) expect(checkStopping("18", percent).kind, percent).toBe("unusable");
});

test("the exercise counts what the demo asks where nothing was changed", () => {
  expect(QUESTIONS).toBe(MEASURED.length);
  expect(STEPS).toBe(writingFields.tokens.initial);
});

test("a guess waits for the reader's own conversation, and is held against it", () => {
  const lesser = [
    { without: "all", text: "你叫小雨。", logProb: Math.log(0.9) },
    { without: 0, text: "我不知道。", logProb: Math.log(0.2) },
  ] as const;
  for (const answer of ["", "很少", "-1", "200"]) expect(checkForgotten(answer, lesser).kind, answer).toBe("unusable");
  expect(checkForgotten("20", undefined)).toMatchObject({ kind: "unusable", reason: expect.stringContaining("链接") });
  expect(checkForgotten("20", lesser.slice(0, 1)).kind).toBe("unusable");
  for (const answer of ["20", "12%", "３０"]) expect(checkForgotten(answer, lesser).kind, answer).toBe("right");
  expect(checkForgotten("5", lesser).reason).toContain("太低");
  expect(checkForgotten("50", lesser).reason).toContain("太高");
});
