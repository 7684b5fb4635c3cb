import { describe, expect, it, test } from "vitest";
import { formatPercent } from "../kit/text/format.ts";
import { type Column, cellText, csvOf, isNumeric, shareColumns } from "./data-table.ts";

interface Row {
  readonly name: string;
  readonly share: number | null;
  readonly ended: boolean;
}

const rows: readonly Row[] = [
  { name: "甲", share: 1 / 3, ended: true },
  { name: "乙", share: null, ended: false },
];
const share: Column<Row> = { head: "份额", cell: (row) => row.share, print: formatPercent };
const columns: readonly Column<Row>[] = [
  { head: "谁", cell: ({ name }) => name },
  share,
  { head: "写完", cell: ({ ended }) => ended, only: "csv" },
  { head: "条", cell: () => "▇", only: "screen" },
];

test("the eye gets what is rounded, with a dash for nothing", () => {
  expect(rows.map((row) => cellText(share, row))).toEqual(["33.3%", "—"]);
  expect(cellText({ head: "数", cell: ({ share }) => share }, rows[0]!)).toBe("0.3333");
});

test("the CSV gets all of the number, under the same heads, and what is not shown", () => {
  expect(csvOf(columns, rows)).toEqual({
    columns: ["谁", "份额", "写完"],
    rows: [
      ["甲", 1 / 3, true],
      ["乙", "", false],
    ],
  });
  expect(csvOf(columns, [])).toEqual({ columns: ["谁", "份额", "写完"], rows: [] });
});

test("columns of numbers stand to the right, and those that say so", () => {
  expect(columns.map((column) => isNumeric(column, rows))).toEqual([false, true, false, false]);
  expect(isNumeric({ head: "几分之几", cell: () => "1 / 2", number: true }, rows)).toBe(true);
});

describe("a measured share", () => {
  const estimated = shareColumns<Row>("押韵", ({ share }) =>
    share === null ? null : { value: share, low: 0.1, high: 0.6 },
  );

  it("stands above its interval", () => {
    const [shown, ...others] = estimated;
    expect(others.map(({ only }) => only)).toEqual(["csv", "csv"]);
    expect(rows.map((row) => shown?.small?.(row))).toEqual(["10.0%–60.0%", undefined]);
    expect(rows.map((row) => shown?.bar?.length(row))).toEqual([1 / 3, undefined]);
    expect(rows.map((row) => shown?.bar?.range?.(row))).toEqual([[0.1, 0.6], undefined]);
  });

  it("is saved with its limits", () => {
    expect(csvOf(estimated, rows)).toEqual({
      columns: ["押韵", "押韵，95% 下限", "押韵，95% 上限"],
      rows: [
        [1 / 3, 0.1, 0.6],
        ["", "", ""],
      ],
    });
  });
});
