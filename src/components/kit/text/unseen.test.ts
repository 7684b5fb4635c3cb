import { describe, expect, it } from "vitest";
import { seen, taken, unseenSentence } from "./unseen.ts";

describe("unseen", () => {
  it.each([
    ["\0春", "U+0000"],
    ["春\u200b眠", "U+200B"],
    ["\ud83d春", "U+D83D"],
    ["\u202e春", "U+202E"],
    ["春\u200d", "U+200D"],
  ])("takes out %j, and names it", (text, code) => {
    expect(seen(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    expect(unseenSentence(text)).toBe(`有看不见的字符（${code}），没有收下。`);
  });

  it("leaves alone what is seen: emoji of several parts, spaces, tabs, ends of lines", () => {
    for (const text of ["春眠不觉晓", "👨‍👩‍👧", "❤️‍🔥", "👍🏽", "a b　c", "一\n二", "夸奖\t甜", "𠮷"]) {
      expect(seen(text)).toBe(text);
      expect(unseenSentence(text)).toBeUndefined();
    }
  });

  it("names at most three kinds", () => {
    expect(unseenSentence("\u0001\u0002\u0003\u0004\u0001")).toBe(
      "有看不见的字符（U+0001、U+0002、U+0003等），没有收下。",
    );
  });

  it("keeps as many characters as there is room for, and says what is gone", () => {
    expect(taken("春眠不觉晓", 3)).toEqual({ kept: "春眠不", gone: "太长（5 字），只留下前 3 个字。" });
    expect(taken("春\u200b眠", 3)).toEqual({ kept: "春眠", gone: "有看不见的字符（U+200B），没有收下。" });
    expect(taken("𠮷春眠", 3)).toEqual({ kept: "𠮷春眠", gone: undefined });
  });
});
