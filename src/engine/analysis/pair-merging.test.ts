import { describe, expect, test } from "vitest";
import fixture from "../testdata/bpe.json" with { type: "json" };
import { type PairBase, PairMerging, spellOut } from "./pair-merging.ts";

const utf8 = new TextEncoder();
const written = (learnt: PairMerging, ids: readonly number[]): string =>
  ids.map((id) => new TextDecoder().decode(Uint8Array.from(learnt.tokens[id]!.bytes))).join("|");

describe("byte-pair encoding", () => {
  test.each(fixture.cases)(
    "of $base merges and cuts what `tokenizers` does, ties too",
    ({ base, merges, other, tokens }) => {
      const learnt = new PairMerging(fixture.text, base as PairBase).learnUpTo(merges.length);
      const bytesOf = (id: number): readonly number[] => learnt.tokens[id]!.bytes;
      expect(learnt.merges.map(({ left, right }) => [bytesOf(left), bytesOf(right)])).toEqual(merges);
      expect(learnt.encode(other).map(bytesOf)).toEqual(tokens);
    },
  );

  test("ends where no pair stands twice, and has nothing to learn of one character or none", () => {
    for (const text of ["", "好", "好坏"]) {
      expect(new PairMerging(text, "bytes").learnUpTo(10).merges).toEqual([]);
    }
    const learnt = new PairMerging("好坏好坏", "characters").learnUpTo(10);
    expect(learnt.merges).toHaveLength(1);
    expect(learnt.merges[0]).toMatchObject({ count: 2, rivals: [] });
  });

  test("goes back to fewer merges", () => {
    const learnt = new PairMerging("葡萄皮，葡萄皮，葡萄", "characters").learnUpTo(2);
    expect(written(learnt, learnt.encode("葡萄皮", 0))).toBe("葡|萄|皮");
    expect(written(learnt, learnt.encode("葡萄皮", 1))).toBe("葡萄|皮");
    expect(written(learnt, learnt.encode("葡萄皮"))).toBe("葡萄皮");
    expect(() => learnt.encode("瓜")).toThrow("没有「瓜」");
  });
});

test("WordPiece takes the pair that is rarer apart, and the longest piece that fits", () => {
  // ab and cd stand twice each; c and d hardly stand apart, a and b do.
  const learnt = new PairMerging("ab ab cd cd a b a b", "pieces");
  learnt.learn();
  const [{ left, right } = { left: 0, right: 0 }] = learnt.merges;
  expect(written(learnt, [left, right])).toBe("c|d");
  const pieces = new PairMerging("葡萄皮，葡萄皮，葡萄", "pieces").learnUpTo(9);
  expect(written(pieces, pieces.encode("葡萄皮"))).toBe("葡萄皮");
  expect(pieces.tokens[pieces.encode("葡萄皮", 0)[1]!]!.inner).toBe(true);
});

test("bytes come back as whole characters, never as parts of them", () => {
  const text = "a葡👍é";
  const bytes = [...utf8.encode(text)];
  for (const size of [1, 2, 3, 5, bytes.length]) {
    const tokens = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
      bytes.slice(i * size, (i + 1) * size),
    );
    const groups = spellOut(tokens);
    expect(groups.map((group) => group.text).join("")).toBe(text);
    expect(groups.some((group) => group.text.includes("\ufffd"))).toBe(false);
    expect(groups.at(-1)?.to).toBe(tokens.length);
  }
  expect(spellOut(bytes.map((byte) => [byte])).map((group) => group.text)).toEqual(["a", "葡", "👍", "é"]);
});
