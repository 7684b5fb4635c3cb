import { describe, expect, it } from "vitest";
import { PUBLISHED, type Published } from "./published.ts";
import { formatSpan, powerOfTen, tellPoint, tellSpeed, tokensFor, trainingOperations } from "./scale.ts";

const named = (wanted: string): Published => PUBLISHED.find(({ name }) => name === wanted)!;
const gpt3 = named("GPT-3");

describe("training's compute", () => {
  it.each([
    ["T5-11B", 3.3e22, "Brown et al. 2020, table D.1"],
    ["GPT-3 Small", 2.25e20, "table D.1"],
    ["GPT-3 Medium", 6.41e20, "table D.1"],
    ["GPT-3 Large", 1.37e21, "table D.1"],
    ["GPT-3 XL", 2.38e21, "table D.1"],
    ["GPT-3 2.7B", 4.77e21, "table D.1"],
    ["GPT-3 6.7B", 1.2e22, "table D.1"],
    ["GPT-3 13B", 2.31e22, "table D.1"],
    ["GPT-3", 3.14e23, "table D.1"],
    ["Llama 3 405B", 3.8e25, "The Llama 3 Herd of Models, section 1"],
  ])("of %s is what a paper has for it, %d, within a fiftieth (%s)", (name, operations) => {
    expect(Math.abs(trainingOperations(named(name))! / operations - 1)).toBeLessThan(0.02);
  });

  it("counts of a mixture of experts what a token uses", () => {
    expect(trainingOperations(named("DeepSeek-V3"))).toBe(6 * 37e9 * 14.8e12);
  });

  it("is not known where the tokens are not", () => {
    expect(trainingOperations(named("GPT-2"))).toBeNull();
  });

  it("is said with what it is made of, as far as that is known", () => {
    expect(tellPoint(gpt3).replaceAll("\u00a0", " ")).toBe(
      "参数 1750 亿，训练词元 3000 亿，计算量（6ND）3.2 × 10²³ 次",
    );
    expect(tellPoint(named("GPT-2"))).toContain("读了多少词元，论文没有说");
    expect(tellPoint(named("DeepSeek-V3"))).toMatch(/，每个词元用到 370.亿，/);
  });

  it("and tokens are two sides of one thing", () => {
    expect(tokensFor(trainingOperations(gpt3)!, gpt3.parameters)).toBeCloseTo(gpt3.tokens!, 0);
  });
});

describe("published models", () => {
  it("are told apart by name, and in the order of their dates", () => {
    expect(new Set(PUBLISHED.map(({ name }) => name)).size).toBe(PUBLISHED.length);
    const dates = PUBLISHED.map(({ date }) => date);
    expect(dates).toEqual(dates.toSorted());
  });

  it("have a paper, and in it the place and the line that they were read from", () => {
    for (const { url, line, paper, place } of PUBLISHED) {
      expect(url).toMatch(/^https:\/\//);
      expect(paper).not.toBe("");
      expect(place).not.toBe("");
      expect(line).toMatch(/\d/);
    }
  });

  it("have the month that arXiv's number of the paper tells", () => {
    for (const { date, url } of PUBLISHED) {
      const [, year, month] = /arxiv\.org\/abs\/(\d\d)(\d\d)\./.exec(url) ?? [];
      if (year !== undefined) expect(date, url).toBe(`20${year}-${month}`);
    }
  });

  it("have numbers that their line says, or a note that tells where they are from", () => {
    const said = (line: string): number[] =>
      [...line.matchAll(/(\d+(?:\.\d+)?)\s?(M|B|T|billion|trillion)\b/gi)].map(
        ([, digits, unit]) => Number(digits) * { m: 1e6, b: 1e9, t: 1e12 }[unit![0]!.toLowerCase() as "m" | "b" | "t"],
      );
    for (const { parameters, active, tokens, line, note } of PUBLISHED)
      for (const number of [parameters, active, tokens])
        if (typeof number === "number" && note === undefined) expect(said(line), line).toContain(number);
  });

  it("are as large as their sizes make them, where the paper has no right count", () => {
    const stack = (layers: number, width: number) => layers * (12 * width ** 2 + 13 * width);
    expect(named("GPT").parameters).toBe((40_478 + 512) * 768 + stack(12, 768));
    expect(named("GPT-2").parameters).toBe((50_257 + 1024) * 1600 + stack(48, 1600) + 2 * 1600);
  });
});

it("writes powers of ten and long times", () => {
  expect(powerOfTen(1e23)).toBe("10²³");
  expect(powerOfTen(3.14e23)).toBe("3.1 × 10²³");
  expect(powerOfTen(9.99e9)).toBe("10¹⁰");
  expect([30, 7200, 86400 * 3, 3.2e9].map(formatSpan)).toEqual([
    "30\u00a0秒",
    "2\u00a0小时",
    "3\u00a0天",
    "101\u00a0年",
  ]);
});

it("says what a speed means, and nothing before it is measured", () => {
  expect(tellSpeed({ points: PUBLISHED })).toBeUndefined();
  expect(tellSpeed({ points: PUBLISHED, speed: 1e10 })).toMatch(/每秒做 10¹⁰ 次浮点运算.*训练 GPT-3 要 .*年/);
});
