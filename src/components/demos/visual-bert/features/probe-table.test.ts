import { expect, test } from "vitest";
import { bestOf, probeCsv, probeRows } from "./probe-table.ts";

const record = (representation: string, accuracy: number) => ({
  representation,
  accuracy,
  deviation: 0.05,
  lowest: accuracy - 0.1,
  highest: accuracy + 0.1,
  splits: 20,
});
const rows = probeRows(
  [record("bag", 0.99), record("mean 1", 0.6), record("cls 1", 0.7), record("mean concat", 0.5)],
  2,
);

test("every source has its line before it is measured, and what was measured stands in it", () => {
  expect(probeRows([], 2).map(({ name }) => name)).toEqual([
    "字袋（对照）",
    "嵌入层",
    "第 1 层",
    "第 2 层",
    "后四层相加",
    "后四层相接",
  ]);
  expect(rows[2]!.measured).toEqual({ mean: record("mean 1", 0.6), cls: record("cls 1", 0.7) });
  expect(rows[3]!.measured).toEqual({});
});

test("the best is one of the model's, never the bag", () => {
  expect(bestOf(rows)).toMatchObject({ row: { source: 1 }, pooling: "cls", metrics: { accuracy: 0.7 } });
  expect(bestOf(probeRows([record("bag", 0.9)], 2))).toBeUndefined();
});

test("the table has a line for each measurement", () => {
  const { columns, rows: lines } = probeCsv(rows, "bert-zh", "话题");
  expect(lines.map((line) => line.slice(0, 5))).toEqual([
    ["—", "话题", "字袋（对照）", "—", 0.99],
    ["bert-zh", "话题", "第 1 层", "各字平均", 0.6],
    ["bert-zh", "话题", "第 1 层", "[CLS]", 0.7],
    ["bert-zh", "话题", "后四层相接", "各字平均", 0.5],
  ]);
  expect(lines.every(({ length }) => length === columns.length)).toBe(true);
});
