import { beforeAll, expect, test } from "vitest";
import { initial } from "../../../kit/state/hash-state.ts";
import { openContext } from "../testing/open.ts";
import { drawDepths, type Features, linesOf } from "./features.ts";
import { fields } from "./fields.ts";
import { kindOf, MAPPED, TOKEN_KINDS } from "./sentences.ts";
import { describeMap, pointsOf } from "./words.ts";

let features: Features;

beforeAll(async () => {
  const context = await openContext();
  for await (const now of drawDepths(context, initial(fields))) features = now;
});

test("every character of every sentence is a point at every depth", () => {
  expect(features.depths).toHaveLength(7);
  expect(features.sentences).toEqual([...MAPPED, initial(fields).own]);
  expect(features.tokens.map(({ text }) => text).join("")).toBe(features.sentences.join(""));
  for (const { positions } of features.depths) {
    expect(positions).toHaveLength(2 * features.tokens.length);
    expect(positions.reduce((sum, value) => sum + value ** 2, 0) / features.tokens.length).toBeCloseTo(1, 4);
  }
});

test("in the embeddings neighbours are the same character far oftener than by chance", () => {
  const [embedded] = linesOf(features);
  expect(embedded!.name).toBe("嵌入");
  expect(embedded!.same.share).toBeGreaterThan(5 * embedded!.same.chance);
});

test("the tokens like the one that is picked have names, with what follows; the reader's own are marked", () => {
  const picked = initial(fields).point - 1;
  expect(features.tokens[picked]?.text).toBe("一");
  const points = pointsOf(features, "own", picked);
  const named = points.filter(({ name }) => name);
  expect(named).toHaveLength(features.tokens.filter(({ text }) => text === "一").length);
  for (const { name, text } of named) {
    expect(name).toMatch(/^一./);
    expect(text).toContain("【一】");
  }
  expect(points.filter(({ label }) => label === -1)).toHaveLength([...initial(fields).own].length);
  expect(describeMap(features, 0)).toContain("PCA");
});

test("kinds of tokens go by a list", () => {
  expect(["，", "一", "雨", "[END]"].map((token) => TOKEN_KINDS[kindOf(token)])).toEqual([
    "标点",
    "虚词和数量词",
    "其余的字",
    "其余的字",
  ]);
});
