import { expect, it } from "vitest";
import { unknownSentence } from "./unknown.ts";

const unknown = (text: string) => [...text].map((char, index) => ({ index, char }));

it("names each character once, and counts them where there are many", () => {
  expect(unknownSentence([])).toBe("");
  expect(unknownSentence(unknown("龘龘靐"))).toBe("模型不认识「龘」「靐」，把它们读成了 [UNK]。");
  expect(unknownSentence(unknown("甲乙丙丁戊己"))).toContain("「甲」「乙」「丙」「丁」「戊」等 6 种字");
});
