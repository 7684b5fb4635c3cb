import { expect, test } from "vitest";
import { MAX_QUESTION, questionProblem } from "../asking.ts";
import { changeOf, lossOf, partsOf, type Scored } from "./account.ts";
import { REFERENCES } from "./references.ts";

const scored: readonly Scored[] = [
  { reference: { question: "", answer: "好" }, tokens: ["好", "[END]"], base: [-2, -4], chat: [-1, -1] },
  {
    reference: { question: "", answer: "好好" },
    tokens: ["好", "好", "[END]"],
    base: [-3, -1, -5],
    chat: [-1, -1, -1],
  },
];

test("an answer's loss is the mean over its tokens; all of them count alike", () => {
  expect(lossOf(scored[0]!, "base")).toBe(3);
  expect(partsOf(scored)).toEqual([
    { id: "first", title: "第一个词元", tokens: 2, base: 2.5, chat: 1 },
    { id: "middle", title: "中间的", tokens: 1, base: 1, chat: 1 },
    { id: "end", title: "结尾的 [END]", tokens: 2, base: 4.5, chat: 1 },
    { id: "all", title: "全部", tokens: 5, base: 3, chat: 1 },
  ]);
  expect(partsOf([])).toEqual([]);
});

test("the change is paired, answer by answer", () => {
  expect(changeOf(scored)).toEqual({ value: -2, low: -2, high: -2 });
  expect(changeOf([])).toBeNull();
});

test("every reference can be asked", () => {
  expect(new Set(REFERENCES.map(({ question }) => question)).size).toBe(REFERENCES.length);
  for (const { question, answer } of REFERENCES) {
    expect([...question].length).toBeLessThanOrEqual(MAX_QUESTION);
    expect(questionProblem(question)).toBeUndefined();
    expect(answer).toMatch(/[。]$/u);
  }
});
