import { describe, expect, it } from "vitest";
import { allTexts, bestText, greedyText, searchToy, THREE_STEPS, TWO_STEPS } from "./toy.ts";

describe.each([
  ["TWO_STEPS", TWO_STEPS],
  ["THREE_STEPS", THREE_STEPS],
])("%s", (_, toy) => {
  it("is a distribution over texts of one length", () => {
    const texts = allTexts(toy);
    expect(new Set(texts.map(({ text }) => text)).size).toBe(texts.length);
    expect(texts.every(({ text }) => text.length === toy.length)).toBe(true);
    expect(texts.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12);
  });

  it("is searched greedily as with one beam", async () => {
    const found = await searchToy(toy, 1);
    expect(greedyText(toy).text).toBe(found.text);
    expect(greedyText(toy).probability).toBeCloseTo(found.probability, 6);
  });

  it("gives its best text to a search that keeps everything", async () => {
    const found = await searchToy(toy, 16);
    expect(found.text).toBe(bestText(toy).text);
    expect(found.probability).toBeCloseTo(bestText(toy).probability, 6);
  });
});

it("needs three beams to find the best pair, as the chapter says", async () => {
  const found = await Promise.all([1, 2, 3].map((width) => searchToy(TWO_STEPS, width)));
  expect(found.map(({ text }) => text)).toEqual(["山中", "江上", "月下"]);
  expect(found.map(({ probability }) => probability.toFixed(3))).toEqual(["0.144", "0.204", "0.285"]);
});
