import { expect, it } from "vitest";
import { findChapter } from "../../../book.ts";
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

it("names chapters that the book has", () => {
  const models = inOrder(["gpt-zh", "gpt-zh-chat", "gpt-review", "gpt-poem", "bert-zh", "sentiment-zh"].map(entry));
  for (const slug of [...models, ...shippedModels].flatMap(({ chapters }) => chapters)) {
    expect(findChapter(slug), slug).toBeDefined();
  }
});
