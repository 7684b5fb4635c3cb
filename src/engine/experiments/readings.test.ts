import { expect, test } from "vitest";
import { Random } from "../random.ts";
import { drawReadings, readingOf } from "./readings.ts";

test.each([
  ["0", "零"],
  ["7", "七"],
  ["10", "十"],
  ["15", "十五"],
  ["20", "二十"],
  ["110", "一百一十"],
  ["1005", "一千零五"],
  ["1050", "一千零五十"],
  ["10000", "一万"],
  ["10010", "一万零一十"],
  ["100001", "十万零一"],
  ["120000", "十二万"],
  ["20005000", "二千万五千"],
  ["20000005", "二千万零五"],
  ["100000000", "一亿"],
  ["100000007", "一亿零七"],
  ["100010000", "一亿零一万"],
  ["987654321012", "九千八百七十六亿五千四百三十二万一千零一十二"],
  ["2026-11-30", "二零二六年十一月三十日"],
  ["1905-01-10", "一九零五年一月十日"],
])("%s is read %s", (source, target) => {
  expect(readingOf(source)).toBe(target);
});

test.each(["", "007", "1234567890123", "2026-13-01", "2026-1-1", "二", "1.5", "-3"])("%j is none of these", (text) => {
  expect(readingOf(text)).toBeUndefined();
});

test("of each length about as many are drawn, and none twice; the same seed draws the same", () => {
  const pairs = drawReadings(new Random(1), 5, 4000);
  const sources = pairs.map(({ source }) => source);
  expect(new Set(sources).size).toBe(sources.length);
  const lengths = [3, 4, 5, 10].map((length) => sources.filter((source) => source.length === length).length);
  expect(lengths).toEqual([900, 1000, 1000, 1000]);
  expect(pairs.filter(({ source, target }) => readingOf(source) !== target)).toEqual([]);
  const dates = sources.filter((source) => source.length === 10);
  expect(dates.filter((date) => new Date(`${date}T00:00Z`).toISOString().slice(0, 10) !== date)).toEqual([]);
  expect(dates.some((date) => date.endsWith("31"))).toBe(true);
  expect(drawReadings(new Random(1), 5, 4000)).toEqual(pairs);
  expect(drawReadings(new Random(2), 5, 4000)).not.toEqual(pairs);
});
