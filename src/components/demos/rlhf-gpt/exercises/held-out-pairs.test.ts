import { expect, test } from "vitest";
import { verdictOn } from "../../../kit/exercise/number-question.ts";
import { fewestPairs, HELD_OUT_PAIRS } from "./held-out-pairs.ts";

test("thirty pairs are the fewest", () => {
  // By Wilson's formula: 14 of 20 reach down to 0.481, 21 of 30 to 0.521.
  expect(fewestPairs()).toBe(30);
});

test.each([
  ["30", "right"],
  ["３０", "right"],
  ["20", "wrong"],
  ["40", "wrong"],
  ["24", "unusable"],
  ["", "unusable"],
  ["-10", "unusable"],
  ["1e9", "unusable"],
  ["三十", "unusable"],
])("%s is %s", (answer, kind) => {
  expect(verdictOn(HELD_OUT_PAIRS, answer).kind).toBe(kind);
});
