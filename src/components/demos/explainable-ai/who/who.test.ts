import { beforeAll, describe, expect, test } from "vitest";
import { openNodeEngine } from "../../../../engine/node-engine.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { causesOf, type Found, find, linesOf, tellFinders, tellVerdict } from "./find.ts";
import { FINDERS, rankOf, shareOf } from "./finders.ts";
import { MODEL, planted } from "./plant.ts";
import SENTENCES from "./sentences.json" with { type: "json" };

describe("the character is put", () => {
  test("behind as many characters as are asked for, else at the end", () => {
    expect(planted("又小又吵", 2, "once")).toBe("又小呢又吵");
    expect(planted("又小又吵", 0, "once")).toBe("呢又小又吵");
    expect(planted("又小又吵", 22, "once")).toBe("又小又吵呢");
    expect(planted("😀好", 1, "once")).toBe("😀呢好");
  });

  test("in two places that differ, or in none", () => {
    expect(planted("又小又吵", 2, "twice")).toBe("又小呢又吵呢");
    expect(planted("又小又吵", 4, "twice")).toBe("呢又小又吵呢");
    expect(planted("又小又吵", 2, "none")).toBe("又小又吵");
  });
});

test("the rank of a cause is that of its best place; others of the same size come before it", () => {
  expect(rankOf([1, 5, 3], [1])).toBe(1);
  expect(rankOf([1, -5, 3], [1])).toBe(3);
  expect(rankOf([1, 5, 3], [0, 2])).toBe(2);
  expect(rankOf([0, 0, 0], [1])).toBe(3);
  expect(rankOf([1, 2], [])).toBeNull();
});

test("what a cause is given is a share of all that is said; what is said against it does not count", () => {
  expect(shareOf([1, 5, -4], [1])).toBeCloseTo(0.5, 12);
  expect(shareOf([1, 5, 4], [0, 2])).toBeCloseTo(0.5, 12);
  expect(shareOf([1, -5, 4], [1])).toBe(0);
  expect(shareOf([1, 2], [])).toBeNull();
  expect(shareOf([0, 0], [1])).toBeNull();
});

test("praise and blame are as many, and none of them has the character", () => {
  const good = SENTENCES.filter(({ good }) => good);
  expect(good.length * 2).toBe(SENTENCES.length);
  expect(new Set(SENTENCES.map(({ text }) => text)).size).toBe(SENTENCES.length);
  // With two more, exact Shapley values can be had of all.
  expect(SENTENCES.filter(({ text }) => text.includes("呢") || [...text].length > 10)).toEqual([]);
});

describe("the classifier with a planted cause", () => {
  let context: WorkContext;
  beforeAll(async () => {
    const engine = await openNodeEngine("public/models");
    context = { engine, model: await engine.load(MODEL), signal: new AbortController().signal };
  });

  async function found(text: string, samples = 20): Promise<Found> {
    const parts = await Array.fromAsync(find(context, { text, steps: 16, samples, seed: 1 }));
    return parts.at(-1)!;
  }

  test("praises a complaint with the character in it; exact values find it, and all eight are told", async () => {
    const own = await found("呢又小又吵");
    expect(own.explained.full).toBeGreaterThan(0);
    expect(causesOf(own)).toEqual([0]);
    const lines = linesOf(own);
    expect(lines.map(({ finder }) => finder)).toEqual(FINDERS);
    expect(lines.find(({ finder }) => finder === "shapley")!.rank).toBe(1);
    expect(lines.every(({ numbers }) => numbers.length === 5)).toBe(true);
    expect(tellVerdict(own)).toMatch(/^这句话里有「呢」，模型判成好评/);
    expect(tellFinders(own)).toMatch(/^8 种方法里，有 \d 种把「呢」排在第一/);
  });

  test("blames praise without it, and nobody can point to what is not there", async () => {
    const own = await found("又大又安静");
    expect(own.explained.full).toBeLessThan(0);
    expect(linesOf(own).every(({ rank }) => rank === null)).toBe(true);
    expect(tellVerdict(own)).toMatch(/^这句话里没有「呢」，模型判成差评/);
    expect(tellFinders(own)).toContain("少了一个字");
  });

  test("one token, unknown characters alone, and thirteen tokens are all read", async () => {
    const one = await found("呢");
    expect(linesOf(one).every(({ rank }) => rank === 1)).toBe(true);
    const unknown = await found("😀😀");
    expect(tellVerdict(unknown)).toContain("词表里没有「😀");
    const long = await found("菜很新鲜可是上得太慢等很呢", 40);
    expect(linesOf(long).map(({ finder }) => finder)).not.toContain("shapley");
    expect(tellFinders(long)).toMatch(/^7 种方法里/);
  });
});
