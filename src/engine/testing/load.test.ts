import { expect, test } from "vitest";
import { loadFixture } from "./load.ts";

test("a fixture comes byte for byte", async () => {
  const text = new TextDecoder().decode(await loadFixture("src/engine/tsconfig.json"));
  expect(JSON.parse(text.replace(/^\s*\/\/.*$/gm, ""))).toMatchObject({ extends: "../../tsconfig.json" });
});

test("a missing fixture is an error", async () => {
  await expect(loadFixture("src/engine/testdata/none.safetensors")).rejects.toThrow();
});
