import { beforeAll, expect, test } from "vitest";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { openContext } from "../testing/open.ts";
import { fields } from "./fields.ts";
import { lossOf, read, stepsOf, tellText } from "./perplexity.ts";

let context: WorkContext;

beforeAll(async () => {
  context = await openContext();
});

test("perplexity is the inverse of the geometric mean of the probabilities", () => {
  const logProbs = [0.5, 0.25, 0.5, 0.25].map(Math.log);
  expect(lossOf({ logProbs }).perplexity).toBeCloseTo((0.5 * 0.25 * 0.5 * 0.25) ** (-1 / 4), 6);
});

test("the default shows the point: what came before makes what comes likelier", async () => {
  const { text, token } = initial(fields);
  const reading = await read(context, text);
  expect(reading.tokens.join("")).toBe(text);
  const steps = stepsOf(reading);
  expect(steps.at(-1)!.total).toBeCloseTo(lossOf(reading).loss * steps.length, 6);
  expect(steps[token - 1]!.probability).toBeLessThan(1);
  // The same words in another order are read with more surprise.
  const shuffled = await read(context, [...text].reverse().join(""));
  expect(lossOf(shuffled).loss).toBeGreaterThan(lossOf(reading).loss + 0.5);
  expect(tellText(reading)).toContain(`${steps.length} 个词元`);
});

test("one character is a text", async () => {
  const reading = await read(context, "猫");
  expect(reading.logProbs).toHaveLength(1);
  expect(lossOf(reading).perplexity).toBeGreaterThan(1);
});
