import { describe, expect, test } from "vitest";
import { distinct2, hasForm, hasRhyme, linesOf, maxNewTokens, promptProblem, promptText, readFinals } from "./poem.ts";

const finals = readFinals({ ang: "光霜乡阳", ou: "流楼", a: "家花" });
const quiet = "床前明月光，疑是地上霜。举头望明月，低头思故乡。";
const finished = (body: string) => ({ body, finished: true });

describe("the prompt", () => {
  test("is written as in training", () => {
    expect(promptText({ form: "七绝", title: "", opening: "" })).toBe("[七绝][诗]");
    expect(promptText({ form: "五绝", title: "春晓", opening: "春眠" })).toBe("[五绝]春晓[诗]春眠");
  });

  test("leaves room for the form, its end and a little more", () => {
    expect(maxNewTokens({ form: "五绝", title: "", opening: "" })).toBe(32);
    expect(maxNewTokens({ form: "七绝", title: "春晓", opening: "春眠" })).toBe(38);
  });
});

describe("what the reader types", () => {
  test.each([
    ["title", ""],
    ["title", "春晓"],
    ["opening", ""],
    ["opening", "春眠不觉晓，处处"],
  ] as const)("is fine: %s %j", (part, text) => {
    expect(promptProblem(part, text)).toBeUndefined();
  });

  test.each([
    ["title", "春晓，", "标题只能用汉字，不能用「，」。"],
    ["title", "[诗]", "标题只能用汉字，不能用「[」「]」。"],
    ["opening", "春 眠", "开头只能用汉字、逗号「，」和句号「。」，不能用「空格」。"],
    ["opening", "春👨‍👩‍👧眠👍🏽", "开头只能用汉字、逗号「，」和句号「。」，不能用「👨‍👩‍👧」「👍🏽」。"],
    ["title", "abcdefgh", "标题只能用汉字，不能用「a」「b」「c」「d」「e」等 8 种字。"],
    ["title", "春".repeat(10_000), "标题最多 12 个字，现在有 10000 个。"],
  ] as const)("is refused with the reason: %s %j", (part, text, sentence) => {
    expect(promptProblem(part, text)).toBe(sentence);
  });

  test("is checked against the vocabulary once there is one", () => {
    expect(promptProblem("title", "春龘龘", new Set(["春"]))).toBe("词表里没有「龘」，请换一个字。");
  });
});

describe("a body", () => {
  test("falls into lines", () => {
    expect(linesOf(quiet)).toEqual(["床前明月光", "疑是地上霜", "举头望明月", "低头思故乡"]);
    expect(linesOf("春眠不觉晓，处处")).toEqual(["春眠不觉晓", "处处"]);
    expect(linesOf("")).toEqual([]);
  });

  test("has the form with four lines of its length, ，。，。 and its end", () => {
    expect(hasForm(finished(quiet), "五绝")).toBe(true);
    expect(hasForm(finished(quiet), "七绝")).toBe(false);
    expect(hasForm({ body: quiet, finished: false }, "五绝")).toBe(false);
    expect(hasForm(finished(`${quiet}低`), "五绝")).toBe(false);
    expect(hasForm(finished(quiet.replace("，", "。")), "五绝")).toBe(false);
    expect(hasForm(finished(quiet.replace("床", "[UNK]")), "五绝")).toBe(false);
    expect(hasForm(finished(""), "五绝")).toBe(false);
  });

  test("rhymes when lines 2 and 4 end in different characters of one group", () => {
    expect(hasRhyme(quiet, finals)).toBe(true);
    expect(hasRhyme("白日依山尽，黄河入海流。欲穷千里目，更上一层楼。", finals)).toBe(true);
    expect(hasRhyme("一光，二霜。三月，四霜。", finals)).toBe(false);
    expect(hasRhyme("一光，二霜。三月，四花。", finals)).toBe(false);
    expect(hasRhyme("一光，二月。三霜，四日。", finals)).toBe(false);
    expect(hasRhyme("一光，二霜。三乡", finals)).toBe(false);
  });

  test("has its pairs counted within lines, all bodies together", () => {
    expect(distinct2(["春风，春风。"])).toBe(0.5);
    expect(distinct2(["春风，风春。"])).toBe(1);
    expect(distinct2(["春风", "春风", "春雨"])).toBeCloseTo(2 / 3, 12);
    expect(distinct2(["春，风。", ""])).toBeNull();
  });
});
