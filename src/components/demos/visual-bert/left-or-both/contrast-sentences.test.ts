import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CONTRAST_SENTENCES, SIDES } from "./contrast-sentences.ts";

/** Without punctuation and space, as training tells texts apart. */
const bare = (text: string) => text.replaceAll(/[^\p{L}\p{N}]/gu, "");

test("every sentence has one blank, and the two sides take turns", () => {
  expect(CONTRAST_SENTENCES).toHaveLength(60);
  for (const [i, { kind, text, answers }] of CONTRAST_SENTENCES.entries()) {
    expect(kind).toBe(SIDES[i % 2]);
    expect(text.split("[MASK]"), text).toHaveLength(2);
    expect(answers.length).toBeGreaterThan(0);
  }
  expect(new Set(CONTRAST_SENTENCES.map(({ text }) => text)).size).toBe(60);
});

test("none of them stands, word for word, among our own training sentences", () => {
  const folder = new URL("../../../../../training/sentences/", import.meta.url);
  const files = globSync("train-*", { cwd: folder.pathname });
  expect(files.length).toBeGreaterThan(3);
  const training = files.map((file) => bare(readFileSync(new URL(file, folder), "utf8"))).join("\n");
  for (const { text, answers } of CONTRAST_SENTENCES) {
    for (const answer of answers) expect(training).not.toContain(bare(text.replace("[MASK]", answer)));
  }
});
