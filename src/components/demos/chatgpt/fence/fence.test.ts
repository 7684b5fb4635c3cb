import { expect, test } from "vitest";
import { MAX_QUESTION, questionProblem } from "../asking.ts";
import { firstContent, MEASURES, measureOf } from "./measures.ts";
import { FENCE, outcomeOf } from "./questions.ts";
import { type Judged, separationsOf, thresholdOf } from "./separation.ts";
import { textOf, type WatchedToken } from "./watch.ts";

const token = (text: string, probability = 0.5, entropy = 1): WatchedToken => ({ text, probability, entropy });
const judged = (outcome: Judged["outcome"], probability: number): Judged => ({
  ...{ question: "谁？", ended: true, outcome },
  tokens: [token("猫", probability, 1 - probability), token("[END]", probability, 1 - probability)],
});

test("half of the questions are inside and can be judged, half outside, and all can be asked", () => {
  expect(new Set(FENCE.map(({ text }) => text)).size).toBe(FENCE.length);
  expect(FENCE.filter(({ place }) => place === "inside")).toHaveLength(FENCE.length / 2);
  expect(FENCE.filter(({ place }) => place === "near")).toHaveLength(FENCE.length / 4);
  for (const { text, place, right } of FENCE) {
    expect([...text].length, text).toBeLessThanOrEqual(MAX_QUESTION);
    expect(questionProblem(text), text).toBeUndefined();
    expect(right !== undefined, text).toBe(place === "inside");
    if (right) expect(right.test(text), text).toBe(false);
  }
  // A short run has some of each.
  expect(new Set(FENCE.slice(0, 4).map(({ place }) => place)).size).toBe(3);
});

test("what became of a question is one of four things", () => {
  const inside = FENCE.find(({ text }) => text.includes("长颈鹿") || text.includes("脖子"))!;
  const outside = FENCE.find(({ place }) => place === "far")!;
  expect(outcomeOf(inside, "是长颈鹿。", true)).toBe("right");
  expect(outcomeOf(inside, "是大象。", true)).toBe("wrong");
  // It goes on and on.
  expect(outcomeOf(inside, "是长颈鹿长颈鹿长颈鹿", false)).toBe("wrong");
  // Inside, to say that one does not know is not right either.
  expect(outcomeOf(inside, "我不知道。", true)).toBe("wrong");
  for (const text of ["我不知道。", "这个我不会。", "没听说过。"])
    expect(outcomeOf(outside, text, true)).toBe("admits");
  for (const text of ["是小明。", "企鹅不会飞。"]) expect(outcomeOf(outside, text, true)).toBe("invents");
});

test("the measures are what they say", () => {
  const tokens = [token("是", 0.5, 2), token("猫", 0.25, 3), token("[END]", 1, 0)];
  const watched = { question: "谁？", tokens, ended: true };
  expect(textOf(watched)).toBe("是猫");
  expect(textOf({ tokens, ended: false })).toBe("是猫[END]");
  expect(firstContent(watched)).toBe(1);
  expect(firstContent({ ...watched, question: "猫？" })).toBe(0);
  const values = Object.fromEntries(MEASURES.map(({ id, of }) => [id, of(watched)]));
  expect(values.mean).toBeCloseTo(-Math.log(8) / 3);
  expect(values.least).toBeCloseTo(-Math.log(4));
  expect(values.total).toBeCloseTo(-Math.log(8));
  expect(values).toMatchObject({ first: 2, content: 3 });
  expect(values.entropy).toBeCloseTo(5 / 3);
  expect(measureOf("first").larger).toBe(false);
});

test("nine tenths of the right answers pass the threshold", () => {
  expect(thresholdOf([])).toBeUndefined();
  expect(thresholdOf([5])).toBe(5);
  expect(thresholdOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])).toBe(2);
});

test("an answer that is certain and right is told from one that is made up and not, whichever way a measure goes", () => {
  const answers = [judged("right", 0.9), judged("right", 0.8), judged("invents", 0.3), judged("wrong", 0.85)];
  for (const { trust, passing } of separationsOf(answers)) {
    expect(trust?.value).toBe(0.75);
    expect(passing?.value).toBe(0.5);
  }
  // Who says that he does not know has made nothing up.
  const [first] = separationsOf([...answers, judged("admits", 0.99)]);
  expect(first?.trust?.value).toBe(0.75);
  expect(first?.sides?.value).toBe(0.5);
});
