import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { EXAM_SENTENCES, NEITHER } from "./sentences.ts";

const folder = new URL("../../../../../training/sentences/", import.meta.url);

/** Without punctuation and spaces, as training compares texts. */
const key = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, "");

test("no sentence of the examination was written for training, or for another test", () => {
  const written = readdirSync(folder).map((name) => key(readFileSync(new URL(name, folder), "utf8")));
  const known = EXAM_SENTENCES.filter(({ text }) => written.some((all) => all.includes(key(text))));
  expect(known).toEqual([]);
});

test("as many are good as bad, kind by kind or in pairs of kinds, and only those that are neither have no answer", () => {
  const count = (label: string | null) => EXAM_SENTENCES.filter((one) => one.label === label).length;
  expect(count("good")).toBe(count("bad"));
  for (const { kind, label } of EXAM_SENTENCES) expect(label === null).toBe(kind === NEITHER);
  expect(new Set(EXAM_SENTENCES.map(({ text }) => key(text))).size).toBe(EXAM_SENTENCES.length);
});
