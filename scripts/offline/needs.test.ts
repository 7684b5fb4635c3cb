import { expect, test } from "vitest";
import { aheadOf, filesOf } from "../../src/offline/needs.ts";
import { buildName, findNeeds, type HashedFile } from "./needs.ts";

const script = (text: string, bytes = text.length): HashedFile => ({ bytes, text });

const FILES = new Map<string, HashedFile>([
  ["common.A1.css", script("@font-face{src:url(/book/_astro/Serif-Bold.B2.woff2)}")],
  ["Serif-Bold.B2.woff2", { bytes: 30_000 }],
  ["Demo.C3.js", script('import{a}from"./client.D4.js";import("./lazy.E5.js")')],
  ["client.D4.js", script('new Worker(new URL("/book/_astro/worker-F6.js",import.meta.url))')],
  ["lazy.E5.js", script('import"./client.D4.js"')],
  ["worker-F6.js", script('const parts=["_astro/pipeline-G7.js"]')],
  ["pipeline-G7.js", script("", 500_000)],
  ["unused.H8.js", script("client_D4.js xclient.D4.js client.D4.jsx")],
]);
const PAGES = new Map([
  ["", '<link rel="stylesheet" href="/book/_astro/common.A1.css">'],
  ["models/", '<astro-island component-url="/book/_astro/Demo.C3.js"></astro-island>'],
  ["unused/", '<script src="/book/_astro/unused.H8.js"></script>'],
  ["source/", "<p>common</p>"],
]);

test("a page needs what it names, what that names, and so on; not what only looks alike", () => {
  const needs = findNeeds(PAGES, FILES);
  expect(filesOf(needs, "models/").toSorted()).toEqual(
    ["Demo.C3.js", "client.D4.js", "lazy.E5.js", "pipeline-G7.js", "worker-F6.js"].map((name) => `_astro/${name}`),
  );
  expect(filesOf(needs, "unused/")).toEqual(["_astro/unused.H8.js"]);
  expect(needs.pages).not.toHaveProperty("source/");
});

test("fonts and what is large are not fetched ahead", () => {
  const needs = findNeeds(PAGES, FILES);
  expect(aheadOf(needs, "")).toEqual(["_astro/common.A1.css"]);
  expect(filesOf(needs, "")).toContain("_astro/Serif-Bold.B2.woff2");
  expect(aheadOf(needs, "models/")).not.toContain("_astro/pipeline-G7.js");
  expect(aheadOf(needs, "models/")).toHaveLength(4);
});

test("a name that would not be found is refused", () => {
  expect(() => findNeeds(PAGES, new Map([["a b.js", script("")]]))).toThrow(RangeError);
});

test("a build is called after what stands on its pages", () => {
  const needs = findNeeds(PAGES, FILES);
  const name = buildName(PAGES, needs);
  expect(name).toMatch(/^[0-9a-f]{16}$/);
  expect(buildName(new Map([...PAGES].reverse()), needs)).toBe(name);
  expect(buildName(new Map([...PAGES, ["source/", "<p>other</p>"]]), needs)).not.toBe(name);
});
