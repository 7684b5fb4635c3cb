import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { expect, test } from "../fixtures.ts";
import { fileOf } from "./pages.ts";

const scripts = globSync("**/*.js", { cwd: fileOf("") }).map((name) => ({
  name: basename(name),
  code: readFileSync(fileOf(`/${name}`), "utf8"),
}));

// WebKit evaluates the entry of a module worker again when another module imports it: the worker would run twice.
test("no script imports the entry of a worker", () => {
  const entries = scripts.flatMap(({ code }) =>
    [...code.matchAll(/new Worker\(new URL\(["'`]([^"'`]+)/g)].map(([, address = ""]) => basename(address)),
  );
  expect(entries).toContainEqual(expect.stringMatching(/^sandbox\.worker-/));
  const importing = scripts.flatMap(({ name, code }) => {
    const imported = [...code.matchAll(/\b(?:from|import)\s*\(?\s*["'`]([^"'`]+)["'`]/g)].map(([, path = ""]) =>
      basename(path),
    );
    return entries.filter((entry) => imported.includes(entry)).map((entry) => `${name} imports ${entry}`);
  });
  expect(importing).toEqual([]);
});
