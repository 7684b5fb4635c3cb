import { expect, test } from "vitest";
import type { Seq2SeqMetrics } from "../../../../engine/experiments/seq2seq.ts";
import { verdictOn } from "../../../kit/exercise/number-question.ts";
import { HANDED_OVER } from "./handed-over.ts";
import { checkLongest } from "./predict-longest.ts";

const LAST = { step: 20, loss: 1, gradientNorm: 1, learningRate: 0, exactMatch: 0.5, tokenAccuracy: 0.9 };
const measured: Seq2SeqMetrics = { ...LAST, asked4: 40, exact4: 36, asked9: 40, exact9: 10 };

test("a guess is held against the longest numbers", () => {
  expect(checkLongest("30%", measured, 9)).toMatchObject({ kind: "right", reason: expect.stringContaining("25") });
  expect(checkLongest("0.2", measured, 9).kind).toBe("right");
  expect(checkLongest("25", measured, 9).kind).toBe("right");
  expect(checkLongest("90%", measured, 9)).toMatchObject({ kind: "wrong", reason: expect.stringContaining("猜高了") });
  expect(checkLongest("0", measured, 4)).toMatchObject({ kind: "wrong", reason: expect.stringContaining("猜低了") });
});

test("it waits for a training to its end, and takes no other than shares", () => {
  expect(checkLongest("30%", undefined, 9)).toMatchObject({
    kind: "unusable",
    reason: expect.stringContaining("点「开始」"),
  });
  for (const text of ["", "很多", "-3", "300%"]) expect(checkLongest(text, measured, 9).kind).toBe("unusable");
});

test("only the last state is handed over, and it is said what was counted instead", () => {
  expect(verdictOn(HANDED_OVER, "128").kind).toBe("right");
  for (const [answer, reason] of [
    ["64", "细胞状态"],
    ["576", "注意力"],
    ["1152", "最后一步"],
    ["9", "各有多宽"],
  ] as const)
    expect(verdictOn(HANDED_OVER, answer)).toMatchObject({ kind: "wrong", reason: expect.stringContaining(reason) });
});
