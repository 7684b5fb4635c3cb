import { globSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { chapters } from "../../../book.ts";
import type { ManifestEntry } from "../../../engine/files/manifest.ts";
import { inOrder, shippedModels } from "./about.ts";

const entry = (id: string): ManifestEntry => ({
  id,
  title: id,
  purpose: "用来测试",
  license: "MIT",
  architecture: "gpt2",
  parameters: 1,
  context: 1,
  files: [],
});

it("lists exactly what the manifest lists, bases before what was tuned from them", () => {
  const ids = ["bert-zh", "gpt-poem", "gpt-zh", "gpt-zh-chat", "sentiment-zh"];
  expect(inOrder(ids.map(entry)).map(({ id }) => id)).toEqual([
    "gpt-zh",
    "gpt-zh-chat",
    "gpt-poem",
    "bert-zh",
    "sentiment-zh",
  ]);
  expect(inOrder([])).toEqual([]);
});

it("shows a model that it has no words for with those of the manifest, at the end", () => {
  const [, other] = inOrder([entry("something-new"), entry("gpt-poem")]);
  expect(other).toMatchObject({ id: "something-new", does: "用来测试。", chapters: [] });
});

const SOURCE = fileURLToPath(new URL("../../../", import.meta.url));
const IMPORT = /(?:\bfrom\s*|\bimport\s*\(?\s*)["'](\.[^"']+)["']/gu;
const COMMENT = /\/\*.*?\*\/|<!--.*?-->|(?<!:)\/\/[^\n]*/gsu;

/**
 * Everything of the site above the engine that a chapter's pages lead to. Not the kit, which knows no model, nor the engine, which knows
 * all: what of its experiments a chapter runs is opened by a component that names the model for its download.
 */
function sourcesOf(slug: string): string[] {
  const files = new Set(globSync([`${slug}.mdx`, `${slug}/**/*.mdx`], { cwd: `${SOURCE}content/docs` }));
  const found = new Set([...files].map((file) => `${SOURCE}content/docs/${file}`));
  for (const file of found) {
    for (const [, specifier = ""] of readFileSync(file, "utf8").matchAll(IMPORT)) {
      const target = resolve(dirname(file), specifier.replace(/\?.*/u, ""));
      if (/\/components\/(?:demos|subjects)\/.+\.(?:ts|svelte|astro)$/u.test(target)) found.add(target);
    }
  }
  return [...found].map((file) => readFileSync(file, "utf8").replaceAll(COMMENT, ""));
}

it("names exactly the chapters whose demos run a model", () => {
  const written = chapters
    .filter(({ status }) => status === "ready")
    .map(({ slug }) => ({ slug, sources: sourcesOf(slug) }));
  for (const { slug, sources } of written) expect(sources.length, slug).toBeGreaterThan(0);
  for (const { id, chapters } of shippedModels) {
    const running = written.filter(({ sources }) => sources.some((source) => source.includes(`"${id}"`)));
    expect(chapters, id).toEqual(running.map(({ slug }) => slug));
  }
});
