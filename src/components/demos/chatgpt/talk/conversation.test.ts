import { expect, test } from "vitest";
import { initial } from "../../../kit/state/hash-state.ts";
import { NO_ANSWER } from "../writing.ts";
import { TOKEN_COLUMNS, tokensOfTalk } from "./columns.ts";
import {
  conversationProblem,
  givenText,
  leftOut,
  MAX_SAID,
  MAX_TURNS,
  ROOM,
  saidOf,
  type Turn,
  tokensOf,
  withLine,
  withoutLine,
} from "./conversation.ts";
import { fields } from "./converse.ts";

const VOCABULARY = ["[END]", "[UNK]", "[问]", "[答]", "我", "你"];
const turn = (given: number[], written: number[], ending: "end" | "length" = "end"): Turn => ({
  said: "",
  given,
  answer: { ...NO_ANSWER, tokens: written.map((token) => ({ token, logProb: -1 })), ending },
});

test("sentences are lines; empty ones are not said, and there are not more than fit", () => {
  expect(saidOf("你好。\n\n 再见。 \n")).toEqual(["你好。", "再见。"]);
  expect(saidOf("好\n".repeat(20))).toHaveLength(MAX_TURNS);
  expect([...saidOf("长".repeat(99))[0]!]).toHaveLength(MAX_SAID);
  for (const nothing of ["", "\n", "  \n "]) expect(conversationProblem(nothing)).toContain("先说一句");
  expect(conversationProblem("好\n不[答]好")).toContain("[答]");
  expect(conversationProblem(initial(fields).said)).toBeUndefined();
});

test("a sentence can be changed, added and taken out", () => {
  expect(withLine("甲\n乙", 0, "丙")).toBe("丙\n乙");
  expect(withLine("甲\n乙", 2, "丙")).toBe("甲\n乙\n丙");
  expect(withLine("甲\n乙", 1, "")).toBe("甲");
  expect(withLine("", 0, "甲\n乙")).toBe("甲 乙");
  expect(withoutLine("甲\n乙\n丙", 1)).toBe("甲\n丙");
});

test("the earliest turns are left out, as many as must be, and what is asked never is", () => {
  expect(leftOut([10, 20, 30], 5, 65)).toBe(0);
  expect(leftOut([10, 20, 30], 5, 64)).toBe(1);
  expect(leftOut([10, 20, 30], 5, 35)).toBe(2);
  expect(leftOut([10, 20, 30], 5, 34)).toBe(3);
  expect(leftOut([10], 99, 5)).toBe(1);
  expect(leftOut([], 99, 5)).toBe(0);
  // The longest sentence has room, whatever is set.
  expect([...givenText("长".repeat(MAX_SAID)).replaceAll(/\[.\]/gu, "□")].length).toBeLessThanOrEqual(ROOM.min);
});

test("an answer that was cut off is closed", () => {
  expect(tokensOf(turn([2, 4, 3], [5, 0]), 0)).toEqual([2, 4, 3, 5, 0]);
  expect(tokensOf(turn([2, 4, 3], [5], "length"), 0)).toEqual([2, 4, 3, 5, 0]);
});

test("the row of tokens says who speaks, what is read, and whose loss counted", () => {
  const turns = [turn([2, 4, 3], [5, 0]), turn([2, 3], [4], "length")];
  const model = { vocabulary: VOCABULARY, specialIds: new Set([0, 1, 2, 3]) };
  const tokens = tokensOfTalk({ turns, left: 1, lesser: [], model, remark: "" });
  expect(tokens.map(({ text }) => text).join("")).toBe("[问]我[答]你[END][问][答]我[END]");
  expect(tokens.map(({ who }) => who).join("")).toBe("你你你它它你你它它");
  expect(tokens.map(({ read }) => read)).toEqual([...Array(5).fill(false), ...Array(4).fill(true)]);
  for (const { who, learnt } of tokens) expect(learnt).toBe(who === "它");
  // What the page has written in place of the model has no probability of its own.
  expect(tokens.map(({ logProb }) => logProb)).toEqual([null, null, null, -1, -1, null, null, -1, null]);
  expect(TOKEN_COLUMNS.map(({ cell }) => cell(tokens[3]!))).toEqual([1, "它", "你", false, true, -1]);
});
