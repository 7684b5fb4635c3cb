import { describe, expect, test } from "vitest";
import { readBytes, type TextUnit, TextUnits } from "./text-units.ts";

const TEXT = "猫爱吃鱼，猫爱吃鱼。狗爱吃骨头。";
const UNITS: readonly TextUnit[] = ["bytes", "characters", "words", "wordpiece", "bpe"];

describe("units of a text", () => {
  test.each(UNITS)("%s: any text is written in them, and comes back", (unit) => {
    const units = new TextUnits(TEXT, unit, 20);
    for (const text of [TEXT, "鱼", "龙🙂\n", "", "Hello, 猫"]) {
      const ids = [...units.encode(text)];
      expect(ids.every((id) => id < units.size)).toBe(true);
      expect(readBytes(ids.flatMap((id) => [...units.tokens[id]!]))).toBe(text);
    }
  });

  test("what is known takes one token, what is not takes its bytes", () => {
    const characters = new TextUnits(TEXT, "characters", 0);
    expect(characters.encode("猫鱼")).toHaveLength(2);
    expect(characters.encode("龙")).toHaveLength(3);
    expect(characters.size).toBe(256 + new Set(TEXT).size);
    expect(new TextUnits(TEXT, "bytes", 0).size).toBe(256);
    expect(new TextUnits(TEXT, "bpe", 5).size).toBe(256 + 5);
    // Of pairs that are as good, the first: 猫爱 is one piece, and is taken whole.
    expect(new TextUnits(TEXT, "wordpiece", 1).encode("猫爱吃")).toHaveLength(2);
  });
});

test("bytes that are no characters are given as numbers", () => {
  expect(readBytes([0xe8, 0x91, 0xa1])).toBe("葡");
  expect(readBytes([0x61, 0xe8, 0x91])).toBe("a‹E8›‹91›");
  expect(readBytes([0xe8, 0x61])).toBe("‹E8›a");
  expect(readBytes([0xff])).toBe("‹FF›");
});
