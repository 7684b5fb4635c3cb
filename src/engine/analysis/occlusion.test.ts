import { expect, test } from "vitest";
import { softmax } from "../decoding/softmax.ts";
import { logOdds, occlusions } from "./occlusion.ts";

test("one token is hidden at a time, and what else belongs to the text goes along", () => {
  const text = { ids: [2, 10, 11, 3], segments: [0, 0, 0, 0] };
  expect(occlusions(text, [1, 2], 4)).toEqual([
    { ids: [2, 4, 11, 3], segments: [0, 0, 0, 0] },
    { ids: [2, 10, 4, 3], segments: [0, 0, 0, 0] },
  ]);
  expect(text.ids).toEqual([2, 10, 11, 3]);
});

test("log-odds are those of the softmax, and do not end where the probability does", () => {
  const logits = Float32Array.of(1, -0.5, 2);
  for (const [i, p] of softmax(logits).entries()) expect(logOdds(logits, i)).toBeCloseTo(Math.log(p / (1 - p)), 5);
  expect(logOdds(Float32Array.of(-60, 60), 1)).toBe(120);
  expect(logOdds(Float32Array.of(-60, 60), 0)).toBe(-120);
});
