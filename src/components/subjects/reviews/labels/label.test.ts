import { describe, expect, test } from "vitest";
import { inOrder, labelFile, newLabel, readLabel } from "./label.ts";
import { RANKING, STARS } from "./testing/labels.ts";

describe("what is read back", () => {
  test.each([STARS, RANKING])("is what was stored: $kind", (label) => {
    expect(readLabel(structuredClone(label))).toEqual(label);
    expect(readLabel(JSON.parse(JSON.stringify(label)))).toEqual(label);
  });

  test.each<[string, unknown]>([
    ["nothing", undefined],
    ["null", null],
    ["a text", "stars"],
    ["a list", [STARS]],
    ["another version", { ...STARS, version: 2 }],
    ["another kind", { ...STARS, kind: "thumbs" }],
    ["no id", { ...STARS, id: "" }],
    ["a time that is none", { ...STARS, time: Number.NaN }],
    ["no reviews", { ...STARS, reviews: [] }],
    ["too many reviews", { ...STARS, reviews: new Array(101).fill(STARS.reviews[0]) }],
    ["six stars", { ...STARS, reviews: [{ ...STARS.reviews[0], stars: 6 }] }],
    ["half a star", { ...STARS, reviews: [{ ...STARS.reviews[0], stars: 2.5 }] }],
    ["stars that are missing", { ...STARS, reviews: [{ category: "酒店", opening: "", text: "" }] }],
    ["a text that is none", { ...STARS, reviews: [{ ...STARS.reviews[0], text: 1 }] }],
    ["one text alone", { ...RANKING, texts: ["房间"] }],
    ["the same text twice", { ...RANKING, texts: ["房间", "房间"] }],
    ["a text beyond all measure", { ...RANKING, texts: ["房间", "好".repeat(2001)] }],
    ["no opening", { ...RANKING, opening: undefined }],
  ])("%s is none", (_name, value) => {
    expect(readLabel(value)).toBeUndefined();
  });

  test("has nothing beside what a label has", () => {
    expect(readLabel({ ...RANKING, extra: 1 })).toEqual(RANKING);
  });
});

test("labels have an order, and names that no two share", () => {
  expect(inOrder([RANKING, STARS])).toEqual([STARS, RANKING]);
  expect(new Set(Array.from({ length: 100 }, () => newLabel().id)).size).toBe(100);
});

test("a file of labels says what it is", () => {
  expect(labelFile([STARS])).toEqual({ format: "visible-llm labels", version: 1, labels: [STARS] });
});
