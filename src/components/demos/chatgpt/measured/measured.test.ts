import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { MAX_QUESTION, questionProblem } from "../asking.ts";
import { FENCE } from "../fence/questions.ts";
import type { Answer } from "../writing.ts";
import { type Judged, judge, outcomesOf, pairedCounts, type Row, signTest, summarize } from "./judge.ts";
import { numbersOf } from "./judges.ts";
import { QUESTIONS } from "./questions.ts";

const answer = (text: string, ending: Answer["ending"] = "end"): Answer => ({ tokens: [], text, ending });
const plain = { text: "猫吃什么？" };

test("the questions are different, short, can be asked, and two in three can be checked", () => {
  expect(QUESTIONS).toHaveLength(36);
  expect(new Set(QUESTIONS.map(({ text }) => text)).size).toBe(36);
  for (const [i, { text, right }] of QUESTIONS.entries()) {
    expect([...text].length, text).toBeLessThanOrEqual(MAX_QUESTION);
    expect(questionProblem(text), text).toBeUndefined();
    expect(right !== undefined, text).toBe(i % 3 !== 1);
    // No question gives its own answer away.
    if (right) expect(right.test(text), text).toBe(false);
  }
});

test("none of the questions stands, word for word, among our own training sentences", () => {
  const folder = new URL("../../../../../training/", import.meta.url);
  const files = globSync(["sentences/train-*", "world/text/*.txt"], { cwd: folder.pathname });
  expect(files.length).toBeGreaterThan(20);
  const training = files.map((file) => readFileSync(new URL(file, folder), "utf8")).join("\n");
  for (const { text } of [...QUESTIONS, ...FENCE]) expect(training).not.toContain(text);
});

test("an answer is judged by its form", () => {
  expect(judge(plain, answer("猫吃鱼。"))).toMatchObject({ stopped: true, shaped: true, right: null, length: 4 });
  expect(judge(plain, answer("鱼。", "length"))).toMatchObject({ stopped: false, shaped: false });
  expect(judge(plain, answer("鱼。", "next"))).toMatchObject({ stopped: true, shaped: true });
  expect(judge(plain, answer("猫吃鱼。你家有猫吗？")).shaped).toBe(true);
  for (const text of ["", "鱼", "狗吃什么？", "狗吃什么?", "「猫吃什么？」是一个问题。", "哪种猫？猫吃鱼。"]) {
    expect(judge(plain, answer(text)).shaped, text).toBe(false);
  }
});

test("what stands in an answer twice is counted", () => {
  expect(judge(plain, answer("鱼")).repeated).toBeNull();
  expect(judge(plain, answer("小猫爱吃鱼")).repeated).toBe(0);
  // 哈哈哈哈 stands there three times.
  expect(judge(plain, answer("哈哈哈哈哈哈")).repeated).toBeCloseTo(2 / 3);
});

test("a right answer is one that holds the word", () => {
  const checked = { text: "雪是什么颜色的？", right: /白/u };
  expect(judge(checked, answer("雪是白色的。")).right).toBe(true);
  expect(judge(checked, answer("黑色。", "length")).right).toBe(false);
});

test.each([
  ["太阳", ["从东方升起。", "东边"], ["我不知道这是什么东西。", "西边", "不是东边", "东边或者西边"]],
  ["雪花", ["白色的。", "雪白"], ["我不明白你的意思。", "白天"]],
  ["大的反义词", ["小", "「小」字。", "是小。"], ["一个小时。", "要小心。", "大小", "小明"]],
  [
    "花猫",
    ["四条。", "4条", "有 4 条腿", "花猫一共有四条腿"],
    ["十四条。", "四十条", "第四", "14", "4.5", "四川", "四条或五条"],
  ],
  [
    "几个月",
    ["十二个月。", "12个月", "一年有十二个月", "一年四季有十二个月"],
    ["二十二个", "112", "120", "12.5", "十二或者十三"],
  ],
  ["几个轮子", ["两个。", "2个", "二"], ["十二个", "三个", "20"]],
  ["香蕉", ["黄色"], ["黄瓜", "黄色和红色", "黄的，皮是绿色的"]],
  ["最冷", ["冬天"], ["冬瓜", "春天、夏天、秋天、冬天"]],
  ["吃掉了五块", ["四块", "九减五等于四，还有四块。"], ["九块", "十四块", "四块？不，五块"]],
  ["合起来", ["一共五个。", "三加二等于5"], ["十五个", "50"]],
  ["首都是什么城市", ["是北京。"], ["不是北京", "上海", "北京和上海"]],
])("%s: a word of which the answer is only a part, or that is denied, is not the answer", (question, good, bad) => {
  const [asked] = QUESTIONS.filter(({ text }) => text.includes(question));
  expect(asked?.right).toBeDefined();
  for (const text of good) expect(asked?.right?.test(text), text).toBe(true);
  for (const text of bad) expect(asked?.right?.test(text), text).toBe(false);
});

test("numbers are read as figures and as words", () => {
  expect(numbersOf("一共十二个，两百零五，一一九，4.5")).toEqual([12, 205, 119, 4.5]);
  expect(numbersOf("第一次，十分好，一起走")).toEqual([]);
  expect(numbersOf("二十")).toEqual([20]);
  expect(numbersOf("三十八")).toEqual([38]);
});

const judged = (stops: boolean, right: boolean | null): Judged => ({
  ...{ answer: answer("好好好"), stopped: stops, shaped: stops },
  ...{ right, length: 3, repeated: null },
});
const row = (base: boolean, chat: boolean, right: boolean | null = null): Row => ({
  question: plain,
  base: judged(base, right === null ? null : !right),
  chat: judged(chat, right),
});
const rows = [row(true, true), row(false, true, true), row(false, true), row(false, false, false)];

test("what cannot be checked does not count", () => {
  expect(outcomesOf(rows, "chat", "stopped")).toEqual([true, true, true, false]);
  expect(outcomesOf(rows, "chat", "right")).toEqual([true, false]);
  expect(pairedCounts(rows, "stopped")).toEqual({ both: 1, onlyBase: 0, onlyChat: 2, neither: 1 });
  const lines = new Map(summarize(rows).map((line) => [line.id, line]));
  expect(lines.get("stopped")?.chat?.value).toBe(0.75);
  expect(lines.get("right")?.base?.value).toBe(0.5);
  expect(lines.get("length")?.base?.value).toBe(3);
  // 好好 eight times.
  expect(lines.get("distinct2")?.chat?.value).toBe(1 / 8);
  expect(lines.get("repeated")?.chat).toBeNull();
  expect(summarize([]).every(({ base, chat }) => base === null && chat === null)).toBe(true);
});

test("the sign test is that of coins", () => {
  expect(signTest(0, 0)).toBeNull();
  expect(signTest(0, 1)).toBe(1);
  expect(signTest(0, 5)).toBeCloseTo(2 / 32, 12);
  expect(signTest(5, 0)).toBeCloseTo(2 / 32, 12);
  // (1 + 10) / 2^10, twice.
  expect(signTest(1, 9)).toBeCloseTo(22 / 1024, 12);
  expect(signTest(4, 4)).toBe(1);
});
