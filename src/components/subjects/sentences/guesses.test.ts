import { expect, test } from "vitest";
import { bestTokens, gapsOf, guessRows, maskPlaces } from "./guesses.ts";

const logits = Float32Array.of(0, Math.log(3), -50, Math.log(4));
const vocabulary = ["甲", "乙", "丙", "丁"];

test("guesses are the likeliest tokens with their probabilities; the one that is meant is marked", () => {
  const rows = guessRows(logits, vocabulary, 3, 1);
  expect(rows.map(({ id, label, status }) => [id, label, status])).toEqual([
    [3, "丁", undefined],
    [1, "乙", "chosen"],
    [0, "甲", undefined],
  ]);
  expect(rows.map(({ value }) => value)).toEqual([expect.closeTo(0.5), expect.closeTo(0.375), expect.closeTo(0.125)]);
  expect(guessRows(logits, vocabulary, 4).some(({ status }) => status)).toBe(false);
  expect(bestTokens(logits, vocabulary, 2)).toEqual(["丁", "乙"]);
});

test("each gap has its best guesses, best first", () => {
  const gaps = gapsOf([3, 5], [logits, logits.toReversed()], vocabulary, 2);
  expect(gaps.map(({ place, rows }) => [place, rows.map(({ label }) => label).join("")])).toEqual([
    [3, "丁乙"],
    [5, "甲丙"],
  ]);
});

test("masks are found where they stand", () => {
  expect(maskPlaces(["[CLS]", "春", "[MASK]", "晓", "[MASK]", "[SEP]"])).toEqual([2, 4]);
  expect(maskPlaces(["[CLS]", "春", "[SEP]"])).toEqual([]);
});
