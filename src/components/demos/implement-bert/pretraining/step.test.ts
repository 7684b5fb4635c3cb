import { expect, test } from "vitest";
import { initial } from "../../../kit/state/hash-state.ts";
import { fields, questionsOf, settingsOf, tell } from "./step.ts";

test("every chosen token is a question, and the second sentence is one more", () => {
  const token = { place: 3, original: 7, seen: 4, fate: "masked", token: "走", sight: "[MASK]" } as const;
  const questions = questionsOf({
    tokens: [],
    chosen: [{ ...token, before: 0.2, after: 0.6 }],
    follows: { claimed: false, before: 0.1, after: 0.3 },
    unknown: [],
  });
  expect(questions).toMatchObject([
    { id: "3", asked: "位置 3，遮住，看到「[MASK]」", answer: "走", before: 0.2, after: 0.6 },
    { id: "follows", answer: "不接", before: 0.1, after: 0.3 },
  ]);
});

test("what has come of it is said with both losses; before a step there is nothing to compare", () => {
  const record = (step: number, tokenLoss: number, followLoss: number) => ({
    ...{ step, tokenLoss, followLoss },
    ...{ loss: null, gradientNorm: null },
  });
  expect(tell([record(0, 2, 0.5)])).toContain("还没有走");
  expect(tell([record(0, 2, 0.5), record(1, 1.5, 0.25)])).toContain("从 2.00 到 1.50，下一句的从 0.50 到 0.25");
});

test("what is set is what the experiment takes", () => {
  expect(settingsOf({ ...initial(fields), follows: "no", percent: 20 })).toMatchObject({ follows: false, share: 0.2 });
});
