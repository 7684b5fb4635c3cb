import { expect, test } from "vitest";
import { unknownClause, unknownSentence } from "./unknown.ts";

const unknown = (text: string) => [...text].map((char) => ({ char }));

test("what is unknown is named once, and not too much of it", () => {
  expect(unknownClause([])).toBe("");
  expect(unknownClause(unknown("😀😀龘"))).toBe("词表里没有「😀」「龘」，模型读到的是 [UNK]");
  expect(unknownClause(unknown("abcdefghij"))).toBe(
    "词表里没有「a」「b」「c」「d」「e」「f」「g」「h」等 10 种字，模型读到的是 [UNK]",
  );
  expect(unknownClause([{ char: "😀".repeat(48) }])).toBe(`词表里没有「${"😀".repeat(8)}……」，模型读到的是 [UNK]`);
});

test("a sentence ends, unless there is nothing to say", () => {
  expect(unknownSentence(unknown("龘"))).toBe("词表里没有「龘」，模型读到的是 [UNK]。");
  expect(unknownSentence([])).toBe("");
});
