import { createHash } from "node:crypto";
import { globSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parseManifest } from "./manifest.ts";

const models = fileURLToPath(new URL("../../../public/models/", import.meta.url));
const manifest = parseManifest(JSON.parse(readFileSync(`${models}manifest.json`, "utf8")));

test("every folder of a model is in the manifest", () => {
  const folders = globSync("*/model.safetensors", { cwd: models }).map((path) => path.replace(/\/.*/, ""));
  expect(manifest.models.map(({ id }) => id)).toEqual(folders.sort());
});

test.each(manifest.models)(
  "the manifest lists the files of $id as they are; its card, which no engine reads, is none",
  ({ id, files }) => {
    const paths = readdirSync(models + id).filter((path) => !path.endsWith(".md"));
    const found = paths.sort().map((path) => {
      const content = readFileSync(`${models}${id}/${path}`);
      return { path, bytes: content.length, sha256: createHash("sha256").update(content).digest("hex") };
    });
    expect(files).toEqual(found);
  },
);
