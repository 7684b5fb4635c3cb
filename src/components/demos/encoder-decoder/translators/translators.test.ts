import { expect, test } from "vitest";
import type { Seq2SeqMetrics } from "../../../../engine/experiments/seq2seq.ts";
import { linesOf, plotsOf, shownRecords, tableOf, tellLengths, tellTrouble } from "./translators.ts";

const record = (step: number, more: Partial<Seq2SeqMetrics> = {}): Seq2SeqMetrics => ({
  ...{ step, loss: 2, gradientNorm: 1, learningRate: 0.01, exactMatch: null, tokenAccuracy: null },
  ...more,
});
const measured = (step: number, ...exact: readonly [two: number, three: number, date: number]): Seq2SeqMetrics =>
  record(step, {
    exactMatch: 0.5,
    tokenAccuracy: 0.8,
    ...{ asked2: 10, exact2: exact[0], asked3: 10, exact3: exact[1], asked10: 10, exact10: exact[2] },
  });

const RUNS = [
  { name: "甲", records: [record(1), measured(5, 9, 2, 6), record(7)] },
  { name: "乙", records: [record(1), measured(5, 10, 9, 10)] },
];

test("every tenth record is shown, the first, and whatever was measured", () => {
  const records = Array.from({ length: 25 }, (_, i) => (i === 16 ? measured(17, 1, 1, 1) : record(i + 1)));
  expect(shownRecords(records).map(({ step }) => step)).toEqual([1, 10, 17, 20]);
});

test("the last measurement of each is read by the length of the source", () => {
  const lines = linesOf(RUNS);
  expect(lines.map(({ length }) => length)).toEqual([2, 3, 10]);
  expect(lines[1]!.scores).toEqual([
    { asked: 10, exact: 2 },
    { asked: 10, exact: 9 },
  ]);
  // A date has more characters than every number, and is no longer number.
  expect(tellLengths(lines, ["甲", "乙"], 3)).toMatch(/从 2 位到 3 位：甲 90.*到 20.*，乙 100.*到 90/);
  expect(linesOf([{ name: "甲", records: [record(1)] }])).toEqual([]);
  expect(tellLengths([], ["甲"], 3)).toBe("还没有检验过。");
});

test("the plots have a line for each, the table a row for each shown step and no empty head", () => {
  expect(plotsOf(RUNS).map(({ series }) => series.map(({ points }) => points.length))).toEqual([
    [3, 2],
    [1, 1],
  ]);
  const { columns, rows } = tableOf(RUNS, 3);
  expect(rows.map(([name, step]) => [name, step])).toEqual([
    ["甲", 1],
    ["甲", 5],
    ["乙", 1],
    ["乙", 5],
  ]);
  expect(new Set(columns).size).toBe(columns.length);
  expect(columns).toContain("10 个字的，一字不差几个");
});

test("who is worse than a blind guess for long has too large a learning rate, and is told so", () => {
  expect(tellTrouble(RUNS)).toBeUndefined();
  expect(tellTrouble([{ name: "甲", records: [record(20, { loss: 90 })] }])).toBeUndefined();
  expect(tellTrouble([{ name: "甲", records: [record(60, { loss: 90 })] }])).toMatch(/^甲的损失.*学习率太大/);
});
