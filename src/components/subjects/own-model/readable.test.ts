import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { readableBytes, readableVocabulary } from "./readable.ts";

/** How byte-level BPE writes a text: by the table of GPT-2's `encoder.py`, said another way. */
function written(text: string): string {
  return [...new TextEncoder().encode(text)]
    .map((byte) => {
      if (byte <= 0x20) return 0x100 + byte;
      if (byte >= 0x7f && byte <= 0xa0) return 0x121 + byte - 0x7f;
      return byte === 0xad ? 0x143 : byte;
    })
    .map((code) => String.fromCodePoint(code))
    .join("");
}

test.each([" the", "猫", "，我", "é", "\n\n", " ", "a\u00ad", "🐱"])("what bytes stand for: %j", (text) => {
  expect(readableBytes(written(text))).toBe(text);
});

test("half a character is its bytes, and so is what cannot be seen", () => {
  expect(readableBytes(written("\u0001"))).toBe("‹01›");
  expect(readableBytes(written("猫").slice(0, 2))).toBe("‹E7 8C›");
  expect(readableBytes(written(" 猫").slice(0, 2))).toBe("‹20 E7›");
});

test("every token of a byte-level vocabulary reads differently, and marks stand in brackets", async () => {
  const file = await readFile("src/engine/testdata/folders/gpt2/tokenizer.json", "utf8");
  const { model } = JSON.parse(file) as { model: { vocab: Record<string, number> } };
  const vocabulary: string[] = [];
  for (const [token, id] of Object.entries(model.vocab)) vocabulary[id] = token;
  const texts = await readableVocabulary({ vocabulary, specialIds: new Set([0]) });
  expect(texts[0]).toBe("[endoftext]");
  expect(texts).toContain(" ");
  expect(new Set(texts).size).toBe(vocabulary.length);
  expect(texts.join("")).not.toContain("Ġ");
});

test("other vocabularies stay as they are, and no two tokens read alike", async () => {
  const vocabulary = ["[UNK]", "猫", "Ġ", "##s", "<s>", "[s]"];
  expect(await readableVocabulary({ vocabulary, specialIds: new Set([0, 4]) })).toEqual([
    "[UNK]",
    "猫",
    "Ġ",
    "##s",
    "[s]",
    "[s]#5",
  ]);
});
