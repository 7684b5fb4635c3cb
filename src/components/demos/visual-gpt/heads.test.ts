import { beforeAll, describe, expect, test } from "vitest";
import { columns, fields, type Reading, read, sight } from "./heads.ts";
import { openContext } from "./testing/open.ts";

const initial = { what: "head", layer: 6, head: 1 } as const;
let reading: Reading;

beforeAll(async () => {
  reading = await read(await openContext(), { text: fields.text.initial, seed: fields.seed.initial });
});

describe("the default text", () => {
  test("shows the point: an induction head sees what came after the same character before", () => {
    const [weights, words] = sight(reading, initial);
    const query = fields.query.initial - 1;
    expect(reading.tokens[query]).toBe("阿");
    expect(query).toBe(reading.tokens.length - 1);
    const row = weights.subarray(query * reading.tokens.length);
    expect(reading.tokens[row.indexOf(Math.max(...row))]).toBe("黄");
    expect(Math.max(...row)).toBeGreaterThan(0.9);
    expect(words).toMatch(/^第 6 层第 1 个头：归纳。在随机的字上，它把 \d/);
  });

  test("each head has its row of weights and of measured shares, all of them in the CSV", () => {
    expect(reading.facts).toHaveLength(24);
    expect(columns.filter(({ only }) => only !== "csv").map(({ head }) => head)).toHaveLength(7);
    const names = reading.facts.map(({ role }) => role);
    expect(new Set(names)).toContain("previous");
    expect(new Set(names)).toContain(null);
  });
});

test("a head of which nothing is clear says so, and what is no head says what it is", () => {
  const unclear = reading.facts.find(({ role }) => role === null)!;
  expect(sight(reading, { ...initial, layer: unclear.layer, head: unclear.head })[1]).toContain("没有一样到 30%");
  const [mean] = sight(reading, { ...initial, what: "mean" });
  const [first] = sight(reading, { ...initial, what: "rollout", layer: 1 });
  const [last, words] = sight(reading, { ...initial, what: "rollout" });
  expect(words).toContain("从第 1 层连乘到第 6 层");
  for (const weights of [mean, first, last]) {
    expect(weights.subarray(0, reading.tokens.length).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
  }
  // Whatever a layer adds, at least half of what the token above holds was its own below.
  expect(first[reading.tokens.length + 1]).toBeGreaterThanOrEqual(0.5);
});

test("nothing is read of an empty text, or of one with the marks of a format", () => {
  const { validate } = fields.text;
  expect(validate?.(" ")).toBe("先写几个字。");
  expect(validate?.("猫[END]狗")).toContain("[END]");
  expect(validate?.(fields.text.initial)).toBeUndefined();
});
