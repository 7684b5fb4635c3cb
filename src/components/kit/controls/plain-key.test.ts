import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { plainKey } from "./plain-key.ts";

const pressed = (modifiers: object): KeyboardEvent => {
  const none = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };
  return Object.assign(new Event("keydown"), { key: "ArrowLeft", ...none, ...modifiers }) as KeyboardEvent;
};

test("a key alone is taken", () => {
  expect(plainKey(pressed({}))).toBe("ArrowLeft");
});

test.each(["altKey", "ctrlKey", "metaKey", "shiftKey"])("with %s it is left to the browser", (modifier) => {
  expect(plainKey(pressed({ [modifier]: true }))).toBeUndefined();
});

test("nobody else reads which key was pressed", () => {
  const components = fileURLToPath(new URL("../../", import.meta.url));
  const files = globSync("**/*.{ts,svelte,astro}", { cwd: components, exclude: ["kit/controls/plain-key*"] });
  expect(files.length).toBeGreaterThan(300);
  expect(
    files.filter((file) => /\b(?:event|e)\.(?:key|code|keyCode)\b/.test(readFileSync(components + file, "utf8"))),
  ).toEqual([]);
});
