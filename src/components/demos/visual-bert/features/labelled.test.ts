import { describe, expect, test } from "vitest";
import { FEELINGS as FINE_TUNING_FEELINGS } from "../fine-tune/sets/feelings.ts";
import { LABEL_NAMES, LABELLED, MAX_LENGTH, MAX_OWN, ownProblem, ownSentences } from "./labelled.ts";

describe("labelled sentences", () => {
  test("are as many of every topic and feeling, no two alike, and short enough", () => {
    expect(LABELLED.length).toBeGreaterThanOrEqual(120);
    const combinations = Map.groupBy(LABELLED, ({ labels }) => `${labels.topic} ${labels.feeling}`);
    expect(combinations.size).toBe(LABEL_NAMES.topic.length * LABEL_NAMES.feeling.length);
    expect(new Set([...combinations.values()].map(({ length }) => length)).size).toBe(1);
    expect(new Set(LABELLED.map(({ text }) => text)).size).toBe(LABELLED.length);
    for (const { text } of LABELLED) expect([...text].length).toBeLessThanOrEqual(MAX_LENGTH);
  });

  test("share none with those of fine-tuning", () => {
    const others = new Set(Object.values(FINE_TUNING_FEELINGS).flat());
    expect(LABELLED.filter(({ text }) => others.has(text))).toEqual([]);
  });
});

describe("the reader's own", () => {
  test("are one per line, without empty ones and repetitions", () => {
    expect(ownSentences("  下雪了 \r\n\n下雪了\n好吃\n   ")).toEqual(["下雪了", "好吃"]);
    expect(ownSentences("")).toEqual([]);
    expect(ownProblem("下雪了\n\n好吃")).toBeUndefined();
  });

  test("are cut to what the map takes, and it is said", () => {
    const long = "雪".repeat(600);
    expect(ownSentences(`好\n${long}`)).toEqual(["好", "雪".repeat(MAX_LENGTH)]);
    expect(ownProblem(`好\n${long}`)).toContain("第 2 行太长");
    const many = Array.from({ length: 20 }, (_, i) => `第${i}句`).join("\n");
    expect(ownSentences(many)).toHaveLength(MAX_OWN);
    expect(ownProblem(many)).toContain("有 20 行");
    // An emoji is one character and is not cut in two.
    expect(ownSentences("😀".repeat(61))).toEqual(["😀".repeat(60)]);
  });
});
