import { describe, expect, test } from "vitest";
import { initial } from "../../../kit/state/hash-state.ts";
import { candidatesAt, cutAt, fields, learn, piecesOf, tableOf, tell } from "./bpe.ts";

const settings = initial(fields);
const joined = (pieces: ReturnType<typeof piecesOf>): string => pieces.map(({ text }) => text).join("");

describe("the merges of a text", () => {
  test("the text is whole after each of them, and no token is half a character by itself", async () => {
    const learnt = await learn(settings);
    expect(learnt.merges).toHaveLength(settings.merges);
    for (const place of [0, 1, 17, learnt.merges.length]) {
      const pieces = piecesOf(learnt, cutAt(learnt, learnt.words, place), learnt.merges[place - 1]?.made);
      expect(joined(pieces)).toBe(settings.text);
      expect(pieces.some(({ text }) => text.includes("\ufffd"))).toBe(false);
      expect(pieces.some(({ tokens }) => tokens.some(({ made }) => made))).toBe(place > 0);
    }
    const [before, after] = [0, learnt.merges.length].map((place) => cutAt(learnt, learnt.words, place).length);
    expect(before).toBe(new TextEncoder().encode(settings.text).length);
    expect(after).toBeLessThan(before! / 2);
  });

  test("the best pair stands first, and no rival stands more often", async () => {
    const learnt = await learn(settings);
    for (const step of [1, 20, 40]) {
      const [best, ...rivals] = candidatesAt(learnt, step);
      for (const { count } of rivals) expect(count).toBeLessThanOrEqual(best!.count);
    }
    expect(candidatesAt(learnt, 41)).toEqual([]);
    expect(tableOf(learnt).rows).toHaveLength(40);
  });

  test("another text is cut by the same merges; from characters one that was never seen is named", async () => {
    for (const base of ["bytes", "characters"] as const) {
      const { other } = await learn({ ...settings, base, other: "葡萄" });
      expect(Array.isArray(other)).toBe(true);
    }
    const { other } = await learn({ ...settings, base: "characters", other: "葡萄龙" });
    expect(other).toContain("没有「龙」");
    const bytes = await learn({ ...settings, other: "龙🙂" });
    if (typeof bytes.other === "string") throw new Error(bytes.other);
    expect(joined(piecesOf(bytes, cutAt(bytes, bytes.other, 40), undefined))).toBe("龙🙂");
  });

  test("one character has nothing to merge, and it is said", async () => {
    const learnt = await learn({ ...settings, text: "好" });
    expect(tell(learnt, 0, 40)).toContain("没有一对");
    expect(tell(await learn({ ...settings, text: "好坏好坏" }), 5, 40)).toContain("只能停下");
  });

  test("600 characters of one kind are learnt, too", async () => {
    const learnt = await learn({ ...settings, text: "好".repeat(600), base: "characters" });
    expect(learnt.merges.length).toBeGreaterThan(5);
    expect(joined(piecesOf(learnt, cutAt(learnt, learnt.words, learnt.merges.length), undefined))).toBe(
      "好".repeat(600),
    );
  });
});

test("every way to cut has all of the text", async () => {
  const { methods, characters } = await learn(settings);
  const of = (name: string) => methods.find((method) => method.name === name)!;
  expect(of("字").tokens).toBe(characters);
  expect(of("字节").tokens).toBe(3 * characters);
  expect(of("按空格").tokens).toBe(1);
  expect(of("BPE，从字节开始").tokens).toBe(cutAt(await learn(settings), (await learn(settings)).words, 40).length);
  expect(of("WordPiece").cut).toContain("##");
});
