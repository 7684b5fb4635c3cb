import { globSync, readFileSync } from "node:fs";
import { expect, test } from "../fixtures.ts";
import { fileOf } from "./pages.ts";

/** A rule with a dotted underline, from its brace on. */
const DOTTED = /\{[^{}]*\btext-decoration[^{};]*dotted[^{}]*/g;

// WebKit has no style of a line in the plain shorthand: such a declaration is dropped as a whole.
test("dotted underlines are spelt so that WebKit draws them", () => {
  const rules = globSync("_astro/*.css", { cwd: fileOf("") }).flatMap((name) =>
    Array.from(readFileSync(fileOf(`/${name}`), "utf8").matchAll(DOTTED), ([rule]) => rule),
  );
  expect(rules).not.toEqual([]);
  expect(rules.filter((rule) => !/text-decoration-style:dotted|-webkit-text-decoration:/.test(rule))).toEqual([]);
});
