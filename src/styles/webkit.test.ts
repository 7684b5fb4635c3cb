import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const files = globSync("**/*.{css,svelte,astro}", { cwd: root });

it("no style uses what WebKit drops: text-decoration with more than a line", () => {
  expect(files.length).toBeGreaterThan(100);
  const dropped = files.filter((file) =>
    /text-decoration:\s*[\w-]+\s+[\w-]/.test(readFileSync(`${root}${file}`, "utf8")),
  );
  expect(dropped).toEqual([]);
});
