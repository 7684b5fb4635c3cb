import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { rows } from "../../../../../e2e/contract/rows.ts";
import { findPage } from "../../../../book.ts";
import { WAYS } from "./map.ts";

const demos = new URL("../../", import.meta.url);
const sources = globSync("**/*.svelte", { cwd: demos.pathname }).map((file) =>
  readFileSync(new URL(file, demos), "utf8"),
);

it.each(WAYS)("$question leads to a demo that there is, under its title", ({ slug, demo, title }) => {
  expect(findPage(slug)).toBeDefined();
  expect(rows.filter((row) => row.page === `/${slug}/` && row.demo === demo)).toHaveLength(1);
  expect(sources.filter((source) => source.includes(`title="${title}"`))).toHaveLength(1);
});

it("asks every question once, and looks everywhere", () => {
  const distinct = <T>(values: readonly T[]): number => new Set(values).size;
  expect(distinct(WAYS.map(({ question }) => question))).toBe(WAYS.length);
  expect(distinct(WAYS.map(({ slug, demo }) => `${slug} ${demo}`))).toBe(WAYS.length);
  expect(distinct(WAYS.map(({ looks }) => looks))).toBe(4);
  expect(distinct(WAYS.map(({ acts }) => acts))).toBe(2);
});
