import { describe, expect, test } from "vitest";
import { csvOf } from "../../../figures/data-table.ts";
import { distinct2, type PoemTables } from "../../../subjects/poems/poem.ts";
import { Collector } from "./collect.ts";
import { columnsOf, makeRow, metrics, pairsOf } from "./metrics.ts";

const vocabulary = ["[END]", "，", "。", ..."春风花雨山水人家"];
const tables: PoemTables = {
  finals: new Map([
    ["花", "a"],
    ["家", "a"],
  ]),
  lines: { has: (line) => line === "山水人家花", items: 1, falsePositiveRate: 0 },
};

/** Poems of a batch whose tokens come interleaved, as the engine sends them. */
function batch(...bodies: string[]) {
  const collector = new Collector(bodies.length, "春", vocabulary, [0]);
  const longest = Math.max(...bodies.map((body) => body.length));
  for (let i = 0; i <= longest; i++) {
    for (const [sequence, body] of bodies.entries()) {
      if (i > body.length) continue;
      const char = body[i];
      const token = char === undefined ? 0 : vocabulary.indexOf(char);
      collector.add({ type: "token", sequence, parent: 0, token, node: null, logProb: -2, filteredLogProb: 0 });
      if (char === undefined) collector.add({ type: "finish", sequence, reason: "end" });
    }
  }
  return collector.poems("五绝", tables);
}

const good = "风春风雨，山水人家花。春风春风雨，山水人人家。";
const bad = "风雨，雨风。";

describe("a batch", () => {
  test("gives every token to its poem", () => {
    const poems = batch(bad, good);
    expect(poems.map(({ body }) => body)).toEqual([`春${bad}`, `春${good}`]);
    expect(poems.map(({ finished }) => finished)).toEqual([true, true]);
    expect(poems.map(({ logProbPerToken }) => logProbPerToken)).toEqual([-2, -2]);
    expect(poems.map(({ measures }) => [measures.form, measures.rhyme])).toEqual([
      [false, false],
      [true, true],
    ]);
  });

  test("knows the poem that was cut off", () => {
    const collector = new Collector(1, "", vocabulary, [0]);
    collector.add({ type: "token", sequence: 0, parent: 0, token: 3, node: null, logProb: -1, filteredLogProb: 0 });
    collector.add({ type: "finish", sequence: 0, reason: "length" });
    expect(collector.poems("五绝", tables)).toMatchObject([{ body: "春", finished: false, logProbPerToken: -1 }]);
  });
});

describe("a row", () => {
  const row = makeRow(0.8, batch(good, bad, good));

  test("has an estimate within its interval for every metric", () => {
    for (const { id } of metrics) {
      const { value, low, high } = row.estimates[id]!;
      expect(low).toBeLessThanOrEqual(value);
      expect(high).toBeGreaterThanOrEqual(value);
    }
  });

  test("counts what it says", () => {
    const { form, rhyme, copied, logProb, distinct2: distinct } = row.estimates;
    expect(form?.value).toBeCloseTo(2 / 3, 12);
    expect(rhyme?.value).toBeCloseTo(2 / 3, 12);
    // Two of 4 + 2 + 4 lines.
    expect(copied?.value).toBeCloseTo(2 / 10, 12);
    expect(logProb?.value).toBe(-2);
    expect(distinct?.value).toBe(distinct2(row.poems.map(({ body }) => body)));
  });

  test("is empty before its first poem", () => {
    expect(Object.values(makeRow(1, []).estimates)).toEqual(metrics.map(() => null));
  });

  test("is a row of the table", () => {
    const { columns, rows } = csvOf(columnsOf("温度", 42), [row, makeRow(1, [])]);
    expect(rows.map((cells) => cells.length)).toEqual([columns.length, columns.length]);
    expect(rows[0]?.slice(0, 3)).toEqual([0.8, 3, 42]);
  });
});

test("pairs never span two lines", () => {
  expect(pairsOf("春风，花雨山。水")).toEqual(["春风", "花雨", "雨山"]);
});
