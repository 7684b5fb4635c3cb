import { expect, test } from "vitest";
import { csvOf } from "../../../figures/data-table.ts";
import { bestOf, probeColumns, probeRows } from "./probe-table.ts";
import { sourceName } from "./vectors.ts";

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

test("everything has its line before it is measured, and what was measured stands in it", () => {
  expect(probeRows([], 2).map(({ source, pooling }) => `${sourceName(source)} ${pooling}`)).toEqual([
    "逐字统计（对照） mean",
    ...["嵌入层", "第 1 层", "第 2 层", "后四层相加", "后四层相接"].flatMap((name) => [`${name} mean`, `${name} cls`]),
  ]);
  const measured = rows.filter(({ source }) => source === 1);
  expect(measured.map(({ metrics }) => metrics)).toEqual([record("mean 1", 0.6), record("cls 1", 0.7)]);
  expect(rows.filter(({ metrics }) => metrics)).toHaveLength(4);
});

test("the best is one of the model's, never the bag", () => {
  expect(bestOf(rows)).toMatchObject({ source: 1, pooling: "cls", metrics: { accuracy: 0.7 } });
  expect(bestOf(probeRows([record("bag", 0.9)], 2))).toBeUndefined();
});

test("what is saved says whose it is", () => {
  const columns = probeColumns({ model: "bert-zh", task: "话题", chance: 0.2, best: bestOf(rows) });
  const { rows: lines } = csvOf(
    columns,
    rows.filter(({ metrics }) => metrics),
  );
  expect(lines.map((line) => line.slice(0, 5))).toEqual([
    ["—", "话题", "逐字统计（对照）", "—", 0.99],
    ["bert-zh", "话题", "第 1 层", "各字平均", 0.6],
    ["bert-zh", "话题", "第 1 层", "[CLS]", 0.7],
    ["bert-zh", "话题", "后四层相接", "各字平均", 0.5],
  ]);
});
