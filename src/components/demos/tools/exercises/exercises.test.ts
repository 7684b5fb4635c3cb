import { expect, test } from "vitest";
import { verdictOn } from "../../../kit/exercise/number-question.ts";
import type { Compared } from "../parity/compare.ts";
import { EXACT_COST, SELF_ATTENTION, TWO_STEPS } from "./numbers.ts";
import { checkLuck } from "./predict-luck.ts";

const compared: Compared = {
  ...{ row: "lime-own", sentence: 1, seed: 1, text: "不是不好看", pairs: [], count: 5, largest: 0.3, size: 2 },
  tau: 0.8,
};

test("a guess of the luck of sampling is held against what was measured, on the row that draws its own", () => {
  expect(checkLuck("0.7", compared)).toMatchObject({ kind: "right", reason: expect.stringContaining("τ 是 0.80") });
  expect(checkLuck("0.2", compared)).toMatchObject({ kind: "wrong", reason: expect.stringContaining("猜低了") });
  for (const other of [undefined, { ...compared, row: "lime-text" as const }, { ...compared, tau: null }]) {
    expect(checkLuck("0.8", other).kind).toBe("unusable");
  }
  for (const text of ["", "差不多", "1.2"]) expect(checkLuck(text, compared).kind).toBe("unusable");
});

test("numbers are checked, and the usual mistakes told", () => {
  expect(verdictOn(SELF_ATTENTION, "4/7").kind).toBe("unusable");
  expect(verdictOn(SELF_ATTENTION, "57.1%").kind).toBe("right");
  expect(verdictOn(SELF_ATTENTION, "66.7%")).toMatchObject({ kind: "wrong", reason: expect.stringContaining("指数") });
  expect(verdictOn(TWO_STEPS, "0.9375").kind).toBe("right");
  expect(verdictOn(TWO_STEPS, "0.75")).toMatchObject({ kind: "wrong", reason: expect.stringContaining("一步") });
  expect(verdictOn(EXACT_COST, "17.5").kind).toBe("right");
  expect(verdictOn(EXACT_COST, "1049")).toMatchObject({ kind: "wrong", reason: expect.stringContaining("秒") });
});
