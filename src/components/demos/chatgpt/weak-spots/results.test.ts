import { expect, test } from "vitest";
import { MAX_QUESTION, questionProblem } from "../asking.ts";
import type { Answer } from "../writing.ts";
import { askedOf, confidenceRows, confidenceTicks, goodOf, type Result, shareRows, withResult } from "./results.ts";
import { TOPIC_IDS, TOPICS } from "./topics.ts";

const answer = (text: string, logProb = -1): Answer => ({ tokens: [{ token: 1, logProb }], text, ending: "end" });
const [fives] = TOPICS.sums.probes.filter(({ text }) => text === "2加3等于多少？");
const [twelves] = TOPICS.sums.probes.filter(({ text }) => text === "12加15等于多少？");

test("every prompt can be asked once, and belongs to a group", () => {
  for (const id of TOPIC_IDS) {
    const { probes, groups } = TOPICS[id];
    expect(new Set(probes.map(({ text }) => text)).size).toBe(probes.length);
    for (const { text, group, good } of probes) {
      expect([...text].length).toBeLessThanOrEqual(MAX_QUESTION);
      expect(questionProblem(text)).toBeUndefined();
      expect(groups).toContain(group);
      expect(good.test(text), text).toBe(false);
    }
  }
});

test("the last number of an answer to a sum is its result", () => {
  for (const text of ["5", "2加3等于5。", "等于五。", "答案是 5"]) expect(fives?.good.test(text), text).toBe(true);
  for (const text of ["", "6", "15", "50", "5加2等于7。", "十五", "5或者6"])
    expect(fives?.good.test(text), text).toBe(false);
  expect(twelves?.good.test("12 + 15 = 27。")).toBe(true);
  expect(twelves?.good.test("27加1")).toBe(false);
});

test.each([
  ["星期", ["七天。", "7天", "一个星期有七天"], ["十七天", "70", "六天"]],
  ["法国", ["巴黎。"], ["不是巴黎", "伦敦"]],
  ["太阳", ["太阳从东边升起。", "不是从西边"], ["我不知道这是什么东西。"]],
])("%s: a word of which the answer is only a part is not the answer", (question, good, bad) => {
  const [probe] = TOPICS.facts.probes.filter(({ text }) => text.includes(question));
  for (const text of good) expect(probe?.good.test(text), text).toBe(true);
  for (const text of bad) expect(probe?.good.test(text), text).toBe(false);
});

test("who says that there is no such thing does well, who makes something up does not", () => {
  const [stone] = TOPICS.facts.probes.filter(({ text }) => text.includes("会唱歌的石头"));
  expect(stone?.good.test("我不知道有这样的石头。")).toBe(true);
  expect(stone?.good.test("是一位美国科学家在1920年发明的。")).toBe(false);
});

test("results are told by group, a prompt that is asked again counts once, the reader's own is not judged", () => {
  const right = { ...askedOf(fives!.text, [answer("5", -1), answer("6", -3)]), probe: fives };
  const own = { ...askedOf("好吗？", [answer("好")]), probe: undefined };
  expect(goodOf(right)).toBe(1);
  expect(goodOf(own)).toBeNull();
  expect(right.confidence).toBe(-2);
  const seven = withResult<Result>([], { ...right, answers: [answer("7")] });
  const results = [own, right].reduce<Result[]>(withResult, seven);
  expect(results.map(({ text }) => text)).toEqual([right.text, own.text]);
  const [shares, ...others] = shareRows(results, TOPICS.sums.groups);
  expect(others).toEqual([]);
  expect(shares).toMatchObject({ id: "二十以内", dots: [{ value: 0.5, note: "1 题 2 个回答里 1 个" }] });
  expect(confidenceRows(results, TOPICS.sums.groups)[0]?.dots).toEqual([
    { name: right.text, value: -2, look: "grey", note: "1 / 2" },
  ]);
});

test("more answers to one prompt do not make a share surer; more prompts do", () => {
  const one = (answers: number): Result => ({
    ...askedOf(
      fives!.text,
      Array.from({ length: answers }, () => answer("5")),
    ),
    probe: fives,
  });
  const low = (results: readonly Result[]) => shareRows(results, TOPICS.sums.groups)[0]?.dots[0]?.low ?? 1;
  expect(low([one(8)])).toBe(low([one(1)]));
  expect(low([one(1), one(1)])).toBeGreaterThan(low([one(1)]));
});

test("the axis of log-probabilities ends below all of them", () => {
  const rows = [{ id: "a", title: "a", dots: [{ name: "b", value: -1.3, look: "full" as const }] }];
  expect(confidenceTicks(rows).map(([at]) => at)).toEqual([-2, -1, 0]);
  expect(confidenceTicks([]).map(([at]) => at)).toEqual([-1, -0.5, 0]);
});
