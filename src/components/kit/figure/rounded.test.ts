import { expect, test } from "vitest";
import { rounded, withDigits } from "./rounded.ts";

test("weights keep what is printed of them in percent", () => {
  const { data } = rounded({ shape: [4], data: Float32Array.of(0.12345, 0.00123, 0.00004, 1) });
  for (const [i, weight] of [0.123, 0.0012, 0, 1].entries()) expect(data[i]).toBeCloseTo(weight, 6);
});

test("numbers lose digits, whole ones and everything else do not", () => {
  const facts = [{ name: "头", share: 0.123456, tokens: 1979, best: null, scores: [-2.34567] }];
  expect(withDigits(facts, 4)).toEqual([{ name: "头", share: 0.1235, tokens: 1979, best: null, scores: [-2.346] }]);
});
