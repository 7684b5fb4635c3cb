import { expect, test } from "vitest";
import type { SampleUpdate } from "../../../engine/decoding/sample.ts";
import { BASE_FORMS, questionProblem, requestFor } from "./asking.ts";
import { type Answer, extendAnswer, meanLogProb, NO_ANSWER, stopped } from "./writing.ts";

const vocabulary = ["[END]", "好", "。", "\n", "问"];
const model = { vocabulary, endIds: [0] };
const token = (id: number, logProb = -1): SampleUpdate => ({
  ...{ type: "token", sequence: 0, parent: 0, node: 0 },
  ...{ token: id, logProb, filteredLogProb: logProb },
});
const read = (events: readonly SampleUpdate[], stop?: string): Answer =>
  events.reduce((answer, event) => extendAnswer(answer, event, model, stop), NO_ANSWER);

test("the tuned model is always asked in its own format, the base model as the reader chose", () => {
  for (const form of BASE_FORMS) expect(requestFor("chat", form, "好吗？")).toEqual({ text: "[问]好吗？[答]" });
  expect(requestFor("base", "template", "好吗？")).toEqual(requestFor("chat", "bare", "好吗？"));
  expect(requestFor("base", "bare", "好吗？").text).toBe("[END]好吗？");
  expect(requestFor("base", "line", "好吗？").text).toBe("[END]好吗？\n");
  const shots = requestFor("base", "shots", "好吗？");
  expect(shots.text).toMatch(/^\[END\]问：.*\n答：.*\n问：.*\n答：.*\n问：好吗？\n答：$/u);
  expect(shots.stop).toBe("\n问");
});

test("an empty question and one with marks of the format cannot be asked", () => {
  expect(questionProblem("  ")).toBe("请先写一个问题。");
  expect(questionProblem("[答]好")).toContain("[答]");
  expect(questionProblem("好吗？😀")).toBeUndefined();
});

test("an answer ends with the end token, which is no part of its text", () => {
  const answer = read([token(1), token(2), token(0, -3), { type: "finish", sequence: 0, reason: "end" }]);
  expect(answer).toMatchObject({ text: "好。", ending: "end" });
  expect(answer.tokens).toHaveLength(3);
  expect(stopped(answer)).toBe(true);
  expect(meanLogProb(answer)).toBeCloseTo(-5 / 3);
});

test("it ends where the next question begins, but only if that is asked for", () => {
  const events = [token(1), token(3), token(4)];
  expect(read(events, "\n问")).toMatchObject({ text: "好", ending: "next" });
  expect(read(events)).toMatchObject({ text: "好\n问", ending: undefined });
});

test("an answer that was cut off has not stopped", () => {
  expect(stopped(read([token(1), { type: "finish", sequence: 0, reason: "length" }]))).toBe(false);
  expect(stopped(NO_ANSWER)).toBe(false);
  expect(meanLogProb(NO_ANSWER)).toBeNull();
});
