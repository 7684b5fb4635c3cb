import { beforeAll, expect, test } from "vitest";
import { initial } from "../../../kit/state/hash-state.ts";
import { openContext } from "../testing/open.ts";
import { fields } from "./fields.ts";
import { cellsOf, type Reading, read, settledAt } from "./lens.ts";

let reading: Reading;
let final: Float32Array;

beforeAll(async () => {
  const context = await openContext();
  reading = await read(context, initial(fields).text);
  final = await context.engine.next(context.model.id, reading.ids);
});

test("what is said behind the last block is what the model says", () => {
  const { text, probability, target } = reading.depths.at(-1)!.at(-1)!;
  expect(reading.depths).toHaveLength(7);
  expect(text).toBe("苹");
  expect(target).toBe(probability);
  const largest = Math.max(...final);
  const total = final.reduce((sum, logit) => sum + Math.exp(logit - largest), 0);
  expect(probability).toBeCloseTo(1 / total, 4);
});

test("the default shows the point: the answer comes late", () => {
  const last = reading.ids.length - 1;
  expect(settledAt(reading, last)).toBeGreaterThan(3);
  expect(reading.depths[3]![last]!.target).toBeLessThan(reading.depths[6]![last]!.target / 2);
});

test("the embeddings of characters guess the character itself: it is what they are likest to", () => {
  // [END] is not read as it is written: it stands before every text, and in front of none.
  const [, ...characters] = reading.tokens;
  expect(reading.depths[0]!.slice(1).map(({ text }) => text)).toEqual(characters);
});

test("what is right comes with the last blocks", () => {
  const hits = reading.depths.map((places) => places.filter(({ text }, i) => text === reading.targets[i]).length);
  expect(Math.max(...hits.slice(0, 4))).toBeLessThan(hits.at(-1)! / 2);
});

test("the target of a character is the one that comes next", () => {
  expect(reading.targets.join("")).toBe("他爱吃苹果。我也爱吃苹");
  const cells = cellsOf(reading);
  expect(cells).toHaveLength(7 * reading.ids.length);
  for (const { probability, target } of cells) expect(target).toBeLessThanOrEqual(probability);
});

test("a guess has settled from where it no longer changes", () => {
  const guess = (text: string) => [{ text, probability: 1, target: 1 }];
  const depths = (texts: string) => ({ depths: [...texts].map(guess) });
  expect(settledAt(depths("了的苹苹"), 0)).toBe(2);
  expect(settledAt(depths("苹了苹"), 0)).toBe(2);
  expect(settledAt(depths("苹苹"), 0)).toBe(0);
});
