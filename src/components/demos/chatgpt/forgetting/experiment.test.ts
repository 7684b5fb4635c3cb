import { expect, test } from "vitest";
import { conversation, DISTANCES, lean, maxDistance, NAMES, pointOf } from "./experiment.ts";

const CONTEXT = 256;

test("there are turns for every distance, and nobody is named in them", () => {
  expect(Math.max(...DISTANCES)).toBeLessThanOrEqual(maxDistance);
  const { text } = conversation("□", maxDistance, 10_000);
  for (const name of NAMES.flat()) expect(text.includes(`小${name}`), name).toBe(false);
});

test("the text is never longer than the context, and loses its first turns first", () => {
  for (const distance of DISTANCES) {
    const { text, nameFits } = conversation("明", distance, CONTEXT);
    // Each mark is one token.
    const tokens = [...text.replaceAll(/\[(?:END|[问答])\]/gu, "□")].length;
    expect(tokens).toBeLessThanOrEqual(CONTEXT);
    expect(nameFits).toBe(text.includes("小明"));
    expect(text).toMatch(/^\[问\].*\[问\]我叫什么名字？\[答\]你叫小$/u);
  }
  expect(conversation("明", 0, CONTEXT).text).toBe(
    "[问]你好，我叫小明。[答]你好，很高兴认识你。[END][问]我叫什么名字？[答]你叫小",
  );
});

test("what was cut off cannot matter: the two texts are the same", () => {
  const outside = DISTANCES.filter((distance) => !conversation("明", distance, CONTEXT).nameFits);
  expect(outside.length).toBeGreaterThan(0);
  expect(outside.length).toBeLessThan(DISTANCES.length);
  for (const distance of outside) {
    expect(conversation("明", distance, CONTEXT).text).toBe(conversation("红", distance, CONTEXT).text);
  }
});

test("leaning is half the difference of the log-odds", () => {
  const named = Float32Array.of(2, 0, 1);
  const other = Float32Array.of(0, 3, 1);
  expect(lean([named, other], [0, 1])).toBeCloseTo((2 + 3) / 2, 5);
  expect(lean([named, named], [0, 1])).toBe(0);
  expect(pointOf(10, true, [1, 3])).toMatchObject({ distance: 10, inside: true, value: 2 });
});
