import { describe, expect, it } from "vitest";
import { softmax } from "../../../../engine/decoding/softmax.ts";
import { applyTemperature } from "../../../../engine/decoding/temperature.ts";
import { Random } from "../../../../engine/random.ts";
import { verdictOn } from "../../../kit/exercise/number-question.ts";
import { checkWidths } from "./beam-widths.ts";
import { GREEDY_SHARE } from "./greedy-share.ts";
import { checkNucleus, drawQuestion, type Question } from "./nucleus.ts";
import { TEMPERATURE } from "./temperature.ts";

it("greedy share: knows the answer, and what one gets wrong", () => {
  for (const answer of ["0.505", "0.51", "0.5"]) expect(verdictOn(GREEDY_SHARE, answer).kind, answer).toBe("right");
  expect(verdictOn(GREEDY_SHARE, "1.98")).toMatchObject({ kind: "wrong", reason: expect.stringContaining("除反了") });
  expect(verdictOn(GREEDY_SHARE, "1.2")).toMatchObject({ kind: "wrong", reason: expect.stringContaining("第一个字") });
  expect(verdictOn(GREEDY_SHARE, "0.3")).toMatchObject({ kind: "wrong", reason: expect.stringContaining("山中") });
});

describe("temperature", () => {
  it("takes the exact answer, rounded, and in full-width digits", () => {
    const exact = 2 / Math.log(2);
    expect(softmax(applyTemperature(Float32Array.of(2, 0, 0), exact))[0]).toBeCloseTo(0.5, 6);
    for (const answer of [String(exact), "2.9", " 2.885 ", "２．８９"]) {
      expect(verdictOn(TEMPERATURE, answer).kind, answer).toBe("right");
    }
  });

  it("says in which direction to go", () => {
    for (const answer of ["0", "1", "2.7"]) {
      expect(verdictOn(TEMPERATURE, answer)).toMatchObject({ kind: "wrong", reason: expect.stringContaining("再高") });
    }
    for (const answer of ["3.1", "100"]) {
      expect(verdictOn(TEMPERATURE, answer)).toMatchObject({ kind: "wrong", reason: expect.stringContaining("再低") });
    }
  });

  it.each(["", "  ", "很热", "1,5", "NaN", "Infinity", "-1"])("cannot use %j", (answer) => {
    expect(verdictOn(TEMPERATURE, answer).kind).toBe("unusable");
  });
});

describe("the top-p exercise", () => {
  const question: Question = {
    options: [
      { token: "春", percent: 10 },
      { token: "秋", percent: 45 },
      { token: "江", percent: 30 },
      { token: "山", percent: 15 },
    ],
    percent: 80,
  };

  it("takes the smallest set that reaches p, picked in any order", () => {
    expect(checkNucleus(question, ["山", "秋", "江"]).kind).toBe("right");
  });

  it("says what is wrong with any other set", () => {
    const reasonFor = (...picked: string[]) => {
      const { kind, reason } = checkNucleus(question, picked);
      expect(kind).toBe("wrong");
      return reason;
    };
    expect(reasonFor("秋", "江")).toContain("75%");
    expect(reasonFor("秋", "山")).toContain("「江」更大");
    expect(reasonFor("春", "秋", "江", "山")).toContain("去掉「春」");
    expect(checkNucleus(question, []).kind).toBe("unusable");
  });

  it("draws questions that have exactly one answer", () => {
    const random = new Random(7);
    for (let round = 0; round < 100; round++) {
      const { options, percent } = drawQuestion(random);
      expect(options.reduce((sum, option) => sum + option.percent, 0)).toBe(100);
      // The definition, in whole numbers: from the largest down, until the sum reaches p.
      const kept: string[] = [];
      let sum = 0;
      for (const option of options.toSorted((a, b) => b.percent - a.percent)) {
        if (sum < percent) kept.push(option.token);
        sum += option.percent;
      }
      expect(checkNucleus({ options, percent }, kept).kind).toBe("right");
      expect(checkNucleus({ options, percent }, kept.slice(1)).kind).not.toBe("right");
    }
  });
});

describe("checkWidths", () => {
  it("knows that three beams find less than two", async () => {
    expect(await checkWidths([6, 2, 5, 4])).toMatchObject({ kind: "right" });
    expect(await checkWidths([2, 3, 4, 5, 6])).toMatchObject({
      kind: "wrong",
      reason: expect.stringContaining("束宽 3 找到的是"),
    });
    expect(await checkWidths([2])).toMatchObject({ kind: "wrong", reason: expect.stringContaining("束宽 4") });
    expect(await checkWidths([1])).toMatchObject({ kind: "wrong", reason: expect.stringContaining("束宽 1") });
    expect((await checkWidths([])).kind).toBe("unusable");
  });
});
