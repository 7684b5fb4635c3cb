import { expect, test } from "vitest";
import { verdictOn } from "../../../kit/exercise/number-question.ts";
import { F1 } from "./f1.ts";
import { checkAgreement } from "./predict-agreement.ts";

test("F1 is the harmonic mean, and it is said what else was computed", () => {
  expect(verdictOn(F1, "0.727").kind).toBe("right");
  expect(verdictOn(F1, "0.7")).toMatchObject({ kind: "wrong", reason: expect.stringContaining("准确率") });
  expect(verdictOn(F1, "0.733")).toMatchObject({ kind: "wrong", reason: expect.stringContaining("算术") });
  expect(verdictOn(F1, "0.8")).toMatchObject({ kind: "wrong", reason: expect.stringContaining("精确率") });
  expect(verdictOn(F1, "0.667")).toMatchObject({ kind: "wrong", reason: expect.stringContaining("召回率") });
});

test("a guess of the agreement waits for the reader's own run", () => {
  const tokens = [..."味道也不差"];
  for (const text of ["", "很像", "2"]) expect(checkAgreement(text, { tokens, tau: 0.3 }).kind).toBe("unusable");
  expect(checkAgreement("0.5", undefined)).toMatchObject({
    kind: "unusable",
    reason: expect.stringContaining("读这句话"),
  });
  expect(checkAgreement("0.5", { tokens: ["好"], tau: 0.3 }).kind).toBe("unusable");
  expect(checkAgreement("0.5", { tokens, tau: null }).kind).toBe("unusable");
  expect(checkAgreement("0.4", { tokens, tau: 0.3 }).kind).toBe("right");
  expect(checkAgreement("0.9", { tokens, tau: 0.3 })).toMatchObject({
    kind: "wrong",
    reason: expect.stringContaining("猜高了"),
  });
});
