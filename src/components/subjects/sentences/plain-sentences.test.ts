import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { filled, sidesOf } from "./blank.ts";
import { PLAIN_SENTENCES } from "./plain-sentences.ts";

const file = new URL("../../../../training/sentences/test-masked.tsv", import.meta.url);

test("the page's sixty sentences are those that training kept out", () => {
  const rows = readFileSync(file, "utf8").trimEnd().split("\n");
  expect(PLAIN_SENTENCES.map(({ kind, text, answers }) => [kind, text, answers].join("\t"))).toEqual(rows);
  expect(PLAIN_SENTENCES).toHaveLength(60);
});

test("a blank has two sides and a plainest answer", () => {
  const blank = { kind: "", text: "猫坐在[MASK]子上。", answers: "椅垫" };
  expect(sidesOf(blank)).toEqual(["猫坐在", "子上。"]);
  expect(filled(blank)).toBe("猫坐在椅子上。");
});
