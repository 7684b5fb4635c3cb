import { expect, it } from "vitest";
import { endsVerseLine, isMark, shortToken, visibleToken } from "./token-text.ts";

it("shows white space and emptiness", () => {
  expect(visibleToken(" the")).toBe("␣the");
  expect(visibleToken("\n")).toBe("↵");
  expect(visibleToken("")).toBe("∅");
  expect(visibleToken("山")).toBe("山");
});

it("breaks verse after punctuation, wherever the tokenizer put it", () => {
  expect(["，", "人，", "。", "\n"].every(endsVerseLine)).toBe(true);
  expect(["山", "、", "，空"].some(endsVerseLine)).toBe(false);
});

it("knows the marks by their brackets, and brackets for what they are", () => {
  expect(["[MASK]", "[END]", "[七绝]"].every(isMark)).toBe(true);
  expect(["[", "]", "[]", "山", "[MASK"].some(isMark)).toBe(false);
});

it("cuts what is too long, and never a character", () => {
  expect(shortToken(" the", 4)).toBe("␣the");
  expect(shortToken(" there", 4)).toBe("␣th…");
  expect(shortToken("山水", 4)).toBe("山水");
  expect(shortToken("山水画", 4)).toBe("山…");
  expect(shortToken("山", 1)).toBe("山");
  expect(shortToken("‹E7 8C›", 2)).toBe("‹…");
});
