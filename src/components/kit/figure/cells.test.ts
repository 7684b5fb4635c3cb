import { expect, test } from "vitest";
import { csvOf, estimateColumns } from "../../figures/data-table.ts";
import { takeNumber, toCells, writeNumber } from "./cells.ts";

const table = {
  columns: ["温度", "押韵", "写完", "步数"],
  rows: [
    [0.4, 0.8125, true, 65024],
    [2, 0.1, false, ""],
  ],
};

test("shows the columns that are wanted, in their order, as they are to be written", () => {
  const { head, rows } = toCells(table, ["写完", { head: "押韵", title: "押韵的", as: "percent" }, "步数"]);
  expect(head).toEqual(["写完", "押韵的", "步数"]);
  expect(rows.map((row) => row.map(({ text }) => text))).toEqual([
    ["✓", "81.3%", "65,024"],
    ["✗", "10.0%", "—"],
  ]);
  expect(toCells(table).head).toEqual(table.columns);
});

test("below a measured value stands its interval", () => {
  const rows = [{ gain: { value: 0.05, low: -0.012, high: 0.112 } }, { gain: null }];
  const measured = csvOf(
    estimateColumns<(typeof rows)[number]>("多", ({ gain }) => gain),
    rows,
  );
  expect(toCells(measured, [{ head: "多", as: "points" }]).rows).toEqual([
    [{ text: "+5.0", interval: "−1.2 到 +11.2" }],
    [{ text: "—" }],
  ]);
  expect(toCells(measured).head).toEqual(["多"]);
});

test("a number of the text is that of a row, or one for all rows", () => {
  expect(takeNumber(table, "押韵", { row: "2" })).toBe(0.1);
  expect(takeNumber(table, "押韵", { of: "mean" })).toBeCloseTo(0.45625, 12);
  expect(takeNumber(table, "步数", { of: "least" })).toBe(65024);
  expect(takeNumber(table, "押韵", { of: "most" })).toBe(0.8125);
  expect(writeNumber(65024, "count")).toBe("6.5\u00a0万");
  expect(writeNumber(31.46, "number", 0)).toBe("31");
});

test("a column, a row or a number that is not there is an error of the page", () => {
  expect(() => toCells(table, ["格式"])).toThrow("格式");
  expect(() => takeNumber(table, "押韵", { row: "3" })).toThrow("押韵");
  expect(() => takeNumber(table, "写完", { of: "mean" })).toThrow("写完");
});
