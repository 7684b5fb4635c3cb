import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { differences } from "../contract/compare.ts";
import { exercises, special } from "../contract/exercises.ts";
import { rows } from "../contract/rows.ts";
import { fileOf, pages } from "./pages.ts";

test("every demo of the built pages has a row in the contract, and no row is of a demo that is gone", () => {
  const built = pages.flatMap((page) =>
    [...readFileSync(fileOf(page), "utf8").matchAll(/\sdata-demo="([^"]*)"/g)].map(([, demo]) => `${page} ${demo}`),
  );
  expect(rows.map(({ page, demo }) => `${page} ${demo}`).toSorted()).toEqual(built.toSorted());
});

test("every exercise of the built pages has a row, or a test of its own", () => {
  const named = [...exercises.map(({ exercise }) => exercise), ...special];
  const built = pages.flatMap((page) =>
    [...readFileSync(fileOf(page), "utf8").matchAll(/\sdata-exercise="([^"]*)"/g)].map(([, exercise]) => exercise),
  );
  expect(named.toSorted()).toEqual(built.toSorted());
});

test("two tables agree cell by cell, or it is said where they do not", () => {
  const agreement = { tolerance: 0.01 };
  const head = ["token", "p", "n", "all"];
  const table = [head, ["山", "0.5", "3", "-1.5 -2"]];
  expect(differences(table, [head, ["山", "0.505", "3", "-1.51 -2"]], agreement)).toEqual([]);
  expect(differences(table, [head, ["水", "0.52", "4", "-1.5"]], agreement)).toEqual([
    "row 1, token: 山, and 水",
    "row 1, p: 0.5, and 0.52",
    "row 1, n: 3, and 4",
    "row 1, all: -1.5 -2, and -1.5",
  ]);
  expect(differences(table, [head], agreement)).toEqual(["2 rows, and 1"]);
  // A number and none, and the numbers of a column that has them in one table only.
  expect(differences([head, ["", "NaN", "", ""]], [head, ["", "0.5", "0", ""]], agreement)).toHaveLength(2);
  expect(differences(table, [head], { ...agreement, records: 0 })).toEqual([]);
  expect(differences(table, [head], { ...agreement, enough: /./ })).toEqual([]);
});
