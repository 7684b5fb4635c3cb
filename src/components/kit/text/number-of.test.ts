import { expect, test } from "vitest";
import { numberOf } from "./number-of.ts";

test.each([
  ["0.5", 0.5],
  [" −2 ", -2],
  ["０．４２９", 0.429],
  ["1e-3", 0.001],
  ["7,087,872", 7_087_872],
  ["7 087 872", 7_087_872],
  ["80%", 0.8],
  ["80.5 ％", 0.805],
])("%j is %d", (text, value) => expect(numberOf(text)).toBeCloseTo(value, 12));

test.each(["", "  ", "%", "很大", "∞", "NaN", "Infinity", "1,5", "1,50", "👍", "-1x", "三十"])(
  "%j is no number",
  (text) => expect(numberOf(text)).toBeUndefined(),
);
