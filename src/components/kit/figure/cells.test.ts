import { expect, test } from "vitest";
import { toCells } from "./cells.ts";

const table = { columns: ["温度", "押韵", "写完"], rows: [[0.4, 0.8125, true]] };

test("shows the columns that are wanted, in their order", () => {
  expect(toCells(table, ["写完", "温度"])).toEqual({ head: ["写完", "温度"], rows: [["✓", "0.4"]] });
  expect(toCells(table).head).toEqual(table.columns);
});

test("a column that is not there is an error of the page", () => {
  expect(() => toCells(table, ["格式"])).toThrow("格式");
});
