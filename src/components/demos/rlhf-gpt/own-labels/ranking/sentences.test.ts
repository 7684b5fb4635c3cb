import { expect, test } from "vitest";
import { consistencyOf } from "./consistency.ts";
import { countRankings, quote, tellConsistency } from "./sentences.ts";

const tell = (...rankings: string[]) =>
  tellConsistency(consistencyOf(rankings.map((ranking) => [...ranking]))).join("");

test("what rankings say of their maker", () => {
  expect(tell()).toBe("");
  expect(tell("甲乙丙")).toContain("没有哪一对比过两次");
  expect(tell("甲乙丙", "甲乙")).toContain("有 1 对，前后都一致");
  expect(tell("甲乙丙", "乙甲")).toContain("1 对前后矛盾：比如先说「甲」比「乙」好");
  expect(tell("甲乙", "乙丙", "丙甲")).toMatch(/转了一圈：「.」 > 「.」 > 「.」 > 「.」/);
  expect(countRankings(2, consistencyOf([[..."甲乙丙丁"], [..."甲乙"]]))).toBe("你排过 2 组，成 7 对。");
  expect(countRankings(0, consistencyOf([]))).toContain("没有排过");
});

test("a long text is quoted by its beginning, in whole characters", () => {
  expect(quote("好👍🏽")).toBe("「好👍🏽」");
  expect(quote("一二三四五六七八九👍十")).toBe("「一二三四五六七八九👍…」");
});
