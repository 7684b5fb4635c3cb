import { describe, expect, test } from "vitest";
import type { HostTensor } from "../../../../engine/tensor/trace.ts";
import { attentionFrom, paidBy, strongestFrom } from "./attention.ts";
import { cardsOf, dropOf, dropScale, hideOneMore, maskSentence, watchedToken } from "./sentence.ts";

const encoded = {
  ids: [2, 10, 11, 4, 12, 3],
  segments: [0, 0, 0, 0, 0, 0],
  tokens: ["[CLS]", "猫", "坐", "[MASK]", "子", "[SEP]"],
  unknown: [],
};
const limits = { maskId: 4, longest: 8 };

describe("maskSentence", () => {
  test("hides what was asked for, and what was written as hidden, but never [CLS] or [SEP]", () => {
    const sentence = maskSentence(encoded, [0, 1, 5, 99], limits);
    expect(sentence.guesses).toEqual([1, 3]);
    expect(sentence.ids).toEqual([2, 4, 11, 4, 12, 3]);
    expect(sentence.originals).toEqual([2, 10, 11, null, 12, 3]);
  });

  test("refuses nothing to read, and too much", () => {
    const empty = { ids: [2, 3], segments: [0, 0], tokens: ["[CLS]", "[SEP]"], unknown: [] };
    expect(() => maskSentence(empty, [], limits)).toThrow("至少一个字");
    expect(() => maskSentence(encoded, [], { ...limits, longest: 5 })).toThrow("最多读 5 个");
    // Only [MASK] is something to read: the model guesses out of nothing.
    const only = { ids: [2, 4, 3], segments: [0, 0, 0], tokens: ["[CLS]", "[MASK]", "[SEP]"], unknown: [] };
    expect(maskSentence(only, [], limits).guesses).toEqual([1]);
  });
});

test("one more is hidden at a time, at every place that can still be seen", () => {
  const variants = hideOneMore(maskSentence(encoded, [1], limits), 4);
  expect(variants.map(({ place, text }) => [place, text.ids])).toEqual([
    [2, [2, 4, 4, 4, 12, 3]],
    [4, [2, 4, 11, 4, 4, 3]],
  ]);
  expect(variants.every(({ text }) => text.guesses?.join() === "1,3")).toBe(true);
});

test("a drop is the difference of log-probabilities of what stood there", () => {
  const before = Float32Array.of(Math.log(0.8), Math.log(0.2));
  const after = Float32Array.of(Math.log(0.1), Math.log(0.9));
  expect(dropOf(before, after, 0)).toBeCloseTo(Math.log(8), 5);
  expect(dropOf(before, after, 1)).toBeLessThan(0);
  expect(watchedToken(before, 1)).toBe(1);
  expect(watchedToken(before, null)).toBe(0);
});

describe("attention", () => {
  // Two layers of two heads over two places; each row sums to 1.
  const pattern = (...data: number[]): HostTensor => ({ shape: [2, 2, 2], data: Float32Array.from(data) });
  const patterns = [pattern(1, 0, 0.5, 0.5, 0, 1, 0.2, 0.8), pattern(0, 1, 0.9, 0.1, 1, 0, 0.3, 0.7)];

  test("of one head is its row, the mean over heads and layers their mean", () => {
    const round = (row: Float32Array) => [...row].map((weight) => Number(weight.toFixed(4)));
    expect(round(attentionFrom(patterns, 1, 0, 1))).toEqual([0.2, 0.8]);
    expect(round(attentionFrom(patterns, 1, 1, null))).toEqual([0.6, 0.4]);
    expect(round(attentionFrom(patterns, 1, null, 0))).toEqual([0.7, 0.3]);
    expect(round(attentionFrom(patterns, 1, null, null))).toEqual([0.475, 0.525]);
    // Of the places that look alone, which is all that is kept, it is the same.
    const kept = patterns.map((pattern) => paidBy([1], pattern));
    expect(kept[0]?.shape).toEqual([2, 1, 2]);
    expect(round(attentionFrom(kept, 0, 0, 1))).toEqual([0.2, 0.8]);
    expect(round(attentionFrom(kept, 0, null, null))).toEqual([0.475, 0.525]);
  });

  test("the strongest of each head", () => {
    expect(strongestFrom(patterns, 0)).toEqual([
      { layer: 0, head: 0, place: 0, weight: 1 },
      { layer: 0, head: 1, place: 1, weight: 1 },
      { layer: 1, head: 0, place: 1, weight: 1 },
      { layer: 1, head: 1, place: 0, weight: 1 },
    ]);
  });
});

test("a sentence as cards: gaps for what is hidden, what was written for what is unknown, and nothing to press on marks", () => {
  const sentence = maskSentence(
    { ...encoded, tokens: ["[CLS]", "猫", "[UNK]", "[MASK]", "##子", "[SEP]"] },
    [1],
    limits,
  );
  const cards = cardsOf(sentence, [{ index: 2, char: "😀" }]);
  expect(cards.map(({ text }) => text)).toEqual(["[CLS]", "▢", "😀", "[MASK]", "子", "[SEP]"]);
  expect(cards.map(({ fixed = false }) => fixed)).toEqual([true, false, false, true, false, true]);
  expect([cards[1]?.name, cards[2]?.name]).toEqual(["猫，遮住了", "😀，词表里没有"]);
});

test("small drops get no full colour", () => {
  expect(dropScale([0.1, -0.2]).full).toBe(0.5);
  expect(dropScale([0.1, -2]).full).toBe(2);
  expect(dropScale([]).full).toBe(0.5);
});
