import { describe, expect, it, test } from "vitest";
import { checkBy, type NumberQuestion, verdictOn } from "./number-question.ts";
import { right } from "./verdict.ts";

const kinds = (question: NumberQuestion, answers: readonly string[]) =>
  answers.map((answer) => verdictOn(question, answer).kind);

describe("an answer is checked only where it is a number of the kind that is asked for", () => {
  const asked = { label: "", example: 0.5, check: (value: number) => right(String(value)) };

  it("a number", () => {
    expect(kinds(asked, ["0.7", "-3", "７０%", "", "一", "NaN"])).toEqual([
      ...["right", "right", "right"],
      ...["unusable", "unusable", "unusable"],
    ]);
    expect(verdictOn(asked, "很多").reason).toBe("请写一个数，比如 0.5。");
  });

  it("a share or a percentage", () => {
    const share = { ...asked, kind: "share" } as const;
    expect(verdictOn(share, "75%").reason).toBe("0.75");
    expect(kinds(share, ["0", "1", "2", "-0.1", "%"])).toEqual(["right", "right", "unusable", "unusable", "unusable"]);
    expect(verdictOn(share, "").reason).toBe("请写一个概率，比如 0.5 或 50%。");
    const percent = { ...asked, kind: "percent", example: 50 } as const;
    for (const answer of ["80", "80%", " 80 ％ "]) expect(verdictOn(percent, answer).reason).toBe("80");
    expect(kinds(percent, ["100", "160", "-5", ""])).toEqual(["right", "unusable", "unusable", "unusable"]);
  });

  it("a whole number", () => {
    const whole = { ...asked, kind: "whole", example: 50 } as const;
    expect(kinds(whole, ["3", "3,000", "2.5", "", "三"])).toEqual([
      "right",
      "right",
      "unusable",
      "unusable",
      "unusable",
    ]);
  });
});

test("a table knows the answer, the mistakes, and what to say of the rest", () => {
  const check = checkBy({
    answer: 2,
    tolerance: 0.1,
    right: "对。",
    mistakes: [[1, "漏了一个。"]],
    otherwise: (value) => `${value} 太远。`,
  });
  expect(check(2.05)).toEqual({ kind: "right", reason: "对。" });
  expect(check(0.95)).toEqual({ kind: "wrong", reason: "漏了一个。" });
  expect(check(9)).toEqual({ kind: "wrong", reason: "9 太远。" });
});
