import { describe, expect, it } from "vitest";
import { seen, unseenSentence } from "./unseen.ts";

describe("unseen", () => {
  it.each([
    ["\0春", "U+0000"],
    ["春\u200b眠", "U+200B"],
    ["\ud83d春", "U+D83D"],
    ["\u202e春", "U+202E"],
    ["春\t", "U+0009"],
    ["春\u200d", "U+200D"],
  ])("takes out %j, and names it", (text, code) => {
    expect(seen(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    expect(unseenSentence(text)).toBe(`有看不见的字符（${code}），没有收下。`);
  });

  it("leaves alone what is seen: emoji of several parts, spaces, ends of lines", () => {
    for (const text of ["春眠不觉晓", "👨‍👩‍👧", "❤️‍🔥", "👍🏽", "a b　c", "一\n二", "𠮷"]) {
      expect(seen(text)).toBe(text);
      expect(unseenSentence(text)).toBeUndefined();
    }
  });

  it("names at most three kinds", () => {
    expect(unseenSentence("\u0001\u0002\u0003\u0004\u0001")).toBe(
      "有看不见的字符（U+0001、U+0002、U+0003等），没有收下。",
    );
  });
});
