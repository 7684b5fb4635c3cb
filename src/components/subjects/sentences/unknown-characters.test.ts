import { expect, test } from "vitest";
import { unknownClause } from "./unknown-characters.ts";

const unknown = (text: string) => [...text].map((char, index) => ({ index, char }));

test("names what is unknown once, and not too much of it", () => {
  expect(unknownClause([])).toBe("");
  expect(unknownClause(unknown("😀😀龘"))).toBe("词表里没有「😀」「龘」，模型看到的是 [UNK]");
  expect(unknownClause(unknown("abcdefghij"))).toBe(
    "词表里没有「a」「b」「c」「d」「e」「f」「g」「h」等，模型看到的是 [UNK]",
  );
  expect(unknownClause([{ index: 1, char: "😀".repeat(48) }])).toBe(
    `词表里没有「${"😀".repeat(8)}……」，模型看到的是 [UNK]`,
  );
});
