import { expect, test } from "vitest";
import type { Attributed, Method } from "../../../../engine/experiments/attribution.ts";
import { verdictOn } from "../../../kit/exercise/number-question.ts";
import type { Explained } from "../../../subjects/attribution/explain.ts";
import { checkTau } from "./predict-tau.ts";
import { TWO_PLAYERS } from "./two-players.ts";

function explainedBy(values: Partial<Record<Method, readonly number[]>>): Explained {
  const methods = Object.entries(values).map(([method, own]): Attributed => {
    const curve = new Float64Array(own.length + 1);
    return { method: method as Method, values: Float64Array.from(own), deletion: curve, insertion: curve };
  });
  const tokens = [..."味道也不差了"].slice(0, methods[0]!.values.length);
  return { full: 1, empty: 0, methods, tokens, unknown: [], at: { method: "shapley", reads: 64 } };
}

test("a guess of the agreement is held against what was measured", () => {
  const explained = explainedBy({ occlusion: [1, 2, 3, 4, 5], shapley: [1, 2, 3, 5, 4] });
  expect(checkTau("0.7", explained, false)).toMatchObject({
    kind: "right",
    reason: expect.stringContaining("τ 是 0.80"),
  });
  expect(checkTau("0", explained, false)).toMatchObject({ kind: "wrong", reason: expect.stringContaining("猜低了") });
  expect(checkTau("1", explained, false).kind).toBe("right");
});

test("it waits for a run of a long enough sentence, to its end, with the trained weights", () => {
  const usable = explainedBy({ occlusion: [1, 2, 3, 4, 5], shapley: [1, 2, 3, 5, 4] });
  const short = explainedBy({ occlusion: [1, 2], shapley: [1, 2] });
  const flat = explainedBy({ occlusion: [1, 1, 1, 1, 1], shapley: [1, 2, 3, 5, 4] });
  for (const explained of [undefined, short, flat, explainedBy({ occlusion: [1, 2, 3, 4, 5] })]) {
    expect(checkTau("0.5", explained, false).kind).toBe("unusable");
  }
  expect(checkTau("0.5", usable, true).kind).toBe("unusable");
  for (const text of ["", "很像", "2", "-1.5"]) expect(checkTau(text, usable, false).kind).toBe("unusable");
});

test("a Shapley value is the mean over both orders, and it is said which part was left out", () => {
  expect(verdictOn(TWO_PLAYERS, "-3").kind).toBe("right");
  expect(verdictOn(TWO_PLAYERS, "-5")).toMatchObject({ kind: "wrong", reason: expect.stringContaining("遮挡") });
  expect(verdictOn(TWO_PLAYERS, "-1")).toMatchObject({ kind: "wrong", reason: expect.stringContaining("先来") });
  expect(verdictOn(TWO_PLAYERS, "-1.5")).toMatchObject({ kind: "wrong", reason: expect.stringContaining("平分") });
});
