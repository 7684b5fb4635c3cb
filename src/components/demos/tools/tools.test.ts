import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { openNodeEngine } from "../../../engine/node-engine.ts";
import type { ModelInfo } from "../../../engine/worker.ts";
import { recorded } from "../../kit/figure/recorded.ts";
import type { WorkContext } from "../../kit/figure/types.ts";
import { cutRegion } from "../../kit/mdx/code-region.ts";
import { type Asked, type Compared, columnsFor, compare, tellCompared, tellWhy } from "./parity/compare.ts";
import { ROW_IDS, ROWS, type RowId, saidBy } from "./parity/rows.ts";

const signal = new AbortController().signal;
const models = new Map<string, ModelInfo>();
let engine: WorkContext["engine"];

beforeAll(async () => {
  engine = await openNodeEngine("public/models");
  for (const id of ["sentiment-zh", "gpt-zh", "bert-zh"]) models.set(id, await engine.load(id));
});

function compared(asked: Partial<Asked> & { readonly row: RowId }): Promise<Compared> {
  const model = models.get(ROWS[asked.row].model)!;
  return compare({ engine, signal, model }, { sentence: 1, seed: 1, ...asked });
}

describe.each(ROW_IDS)("%s", (row) => {
  const { why, region } = ROWS[row];

  test("has its lines of Python, ten or so", async () => {
    const { code } = cutRegion(await readFile("training/peers.py", "utf8"), region, "training/peers.py");
    expect(code.split("\n").length).toBeLessThanOrEqual(16);
  });

  test("is compared on every text of the tool, and differs for no other reason than is said", async () => {
    for (const [i] of saidBy(row).entries()) {
      const { largest, tau, pairs, count } = await compared({ row, sentence: i + 1 });
      expect(count).toBeGreaterThanOrEqual(pairs.length);
      if (why !== "rounding") continue;
      expect(largest).toBeLessThan(1e-3);
      expect(tau).toBeGreaterThan(0.99);
    }
    if (why !== "rounding") expect((await compared({ row, sentence: 1 })).largest).toBeGreaterThan(1e-2);
  });
});

test("another seed draws other samples, and only where the engine draws its own", async () => {
  const numbers = async (row: RowId, seed: number) => (await compared({ row, seed })).pairs.map(({ ours }) => ours);
  expect(await numbers("lime-own", 2)).not.toEqual(await numbers("lime-own", 1));
  expect(await numbers("lime-text", 2)).toEqual(await numbers("lime-text", 1));
});

test("what is drawn is named, and a row with fewer texts says which one it has", async () => {
  const heads = await compared({ row: "bertviz-bert", sentence: 3 });
  expect(heads.pairs.map(({ label }) => label)).toContain("[MASK]");
  expect(heads.pairs.reduce((sum, { theirs }) => sum + theirs, 0)).toBeCloseTo(1, 5);
  expect(tellCompared(heads)).toContain("这一行只记了一句");
  expect(tellWhy(heads)).toContain("最后一层第 1 个头");
  expect(columnsFor(heads).map(({ head }) => head)).toEqual(["词元", "工具", "引擎", "差"]);
});

test("every row was recorded, by the tools that the page names", async () => {
  const { table } = await recorded("tools");
  expect(table.rows.map(([row]) => row)).toEqual(ROW_IDS);
});
