import { expect, test } from "vitest";
import { aheadOf, buildOfNeeds, filesOf, type Needs, needsFile } from "./needs.ts";

const NEEDS: Needs = {
  files: ["page.a.js", "engine.b.js", "huge.c.wasm"],
  ahead: 2,
  pages: { "": [0], "models/": [0, 1, 2] },
};

test("a page has its files, and those that are large only once somebody asks", () => {
  expect(filesOf(NEEDS, "models/")).toEqual(["_astro/page.a.js", "_astro/engine.b.js", "_astro/huge.c.wasm"]);
  expect(aheadOf(NEEDS, "models/")).toEqual(["_astro/page.a.js", "_astro/engine.b.js"]);
  expect(filesOf(NEEDS, "")).toEqual(["_astro/page.a.js"]);
  expect(filesOf(NEEDS, "nowhere/")).toEqual([]);
  expect(aheadOf(NEEDS, "nowhere/")).toEqual([]);
});

test("the file of a build's needs is known by its address, wherever the site is", () => {
  expect(buildOfNeeds(`https://example.org/book/${needsFile("12ab")}`)).toBe("12ab");
  expect(buildOfNeeds("https://example.org/_astro/page.a.js")).toBeUndefined();
});
