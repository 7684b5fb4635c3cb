import { expect, test } from "vitest";
import { guessRows, maskPlaces } from "./guesses.ts";

test("masks are found where they stand", () => {
  expect(maskPlaces(["[CLS]", "春", "[MASK]", "晓", "[MASK]", "[SEP]"])).toEqual([2, 4]);
  expect(maskPlaces(["[CLS]", "春", "[SEP]"])).toEqual([]);
});

test("guesses are the likeliest tokens with their probabilities; the first is the choice", () => {
  const logits = Float32Array.of(0, Math.log(3), -50, Math.log(4));
  const rows = guessRows(logits, ["a", "b", "c", "d"], 3);
  expect(rows.map(({ id, label, status }) => [id, label, status])).toEqual([
    [3, "d", "chosen"],
    [1, "b", undefined],
    [0, "a", undefined],
  ]);
  expect(rows.map(({ value }) => value)).toEqual([expect.closeTo(0.5), expect.closeTo(0.375), expect.closeTo(0.125)]);
});
