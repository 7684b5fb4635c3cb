import { expect, it } from "vitest";
import { verdictOn } from "../../../kit/exercise/number-question.ts";
import { checkSpeed } from "./device-speed.ts";
import { OPERATIONS } from "./operations.ts";

it("operations: parameters times tokens, not one of them", () => {
  for (const answer of ["120", "１２０", "120.3"]) expect(verdictOn(OPERATIONS, answer).kind, answer).toBe("right");
  expect(verdictOn(OPERATIONS, "2.3").reason).toContain("参数的倍数");
  expect(verdictOn(OPERATIONS, "52").reason).toContain("词元的倍数");
  expect(verdictOn(OPERATIONS, "600").kind).toBe("wrong");
});

it("device-speed: a guess waits for the measurement, and is right within ten times", () => {
  expect(checkSpeed("很快", 1e10).kind).toBe("unusable");
  expect(checkSpeed("10", undefined)).toMatchObject({ kind: "unusable", reason: expect.stringContaining("量一量") });
  for (const answer of ["10", "11", "９"]) expect(checkSpeed(answer, 1e10).kind, answer).toBe("right");
  expect(checkSpeed("6", 1e10).reason).toContain("太小");
  expect(checkSpeed("15", 1e10).reason).toContain("太大");
});
