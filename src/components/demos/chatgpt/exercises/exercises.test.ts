import { expect, test } from "vitest";
import { verdictOn } from "../../../kit/exercise/number-question.ts";
import { checkMask } from "./mask.ts";
import { MASKED_LOSS } from "./masked-loss.ts";
import { STOPPING, stopsWithin } from "./stopping.ts";

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

test("a small chance of stopping adds up", () => {
  expect(stopsWithin(0.5, 2)).toBe(0.75);
  for (const answer of ["80", "80.1%", "80.14 ％"]) expect(verdictOn(STOPPING, answer).kind, answer).toBe("right");
  for (const answer of ["", "不知道", "160"]) expect(verdictOn(STOPPING, answer).kind, answer).toBe("unusable");
  for (const answer of ["19.9", "100", "2", "50"]) expect(verdictOn(STOPPING, answer).kind, answer).toBe("wrong");
});
