import { beforeAll, expect, test } from "vitest";
import { openNodeEngine } from "../../../../engine/node-engine.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import {
  BY_HAND,
  cellNumber,
  difference,
  editsIn,
  fields,
  type HeadReading,
  readHead,
  sheetOf,
  tableOf,
  withEdit,
} from "./sheet.ts";

const defaults = initial(fields);
const contexts: Record<string, WorkContext> = {};
const readings: Record<string, HeadReading> = {};

beforeAll(async () => {
  const engine = await openNodeEngine("public/models");
  for (const id of ["gpt-zh", "bert-zh"]) {
    contexts[id] = { engine, model: await engine.load(id), signal: new AbortController().signal };
    readings[id] = await readHead(contexts[id], { ...defaults, head: 2 });
  }
});

test.each(["gpt-zh", "bert-zh"])("the sheet of a head of %s is what the model computed", (id) => {
  const reading = readings[id]!;
  const sheet = sheetOf(reading, { ...defaults, use: "model" });
  expect(difference(reading, sheet)).toBeLessThan(1e-4);
  expect(reading.names.join("")).toContain(defaults.text);
  // Heads differ: another one's rows would not fit its pattern.
  expect(sheet.weights.some((weight) => weight > 0 && weight < 1)).toBe(true);
});

test("a GPT hides what stands behind whatever is set, a BERT only where it is asked to", () => {
  const seen = (id: string, mask: "none" | "causal") =>
    sheetOf(readings[id]!, { ...defaults, use: "model", mask }).weights[1]!;
  expect(seen("gpt-zh", "none")).toBe(0);
  expect(seen("bert-zh", "none")).toBeGreaterThan(0);
  expect(seen("bert-zh", "causal")).toBe(0);
});

test("the numbers of the hand say what the page says: 「它」 takes the value of 「小猫」, and of 「石头」 once it asks otherwise", () => {
  const last = (edits: string) => sheetOf(readings["gpt-zh"]!, { ...defaults, edits });
  expect(last("").products.slice(12)).toEqual(Float64Array.of(6, 0, 0, 0));
  expect(last("").weights[12]).toBeGreaterThan(0.9);
  const turned = last("q4.2=-2");
  expect(turned.weights[14]).toBeGreaterThan(0.8);
  expect(turned.edited).toBe(true);
});

test("edits: of the hand's numbers and of the model's, a cell once, nonsense left out", () => {
  const one = withEdit("", "hand", { part: "q", row: 3, column: 1, value: -2 });
  expect(one).toBe("q4.2=-2");
  const two = withEdit(one, "model", { part: "v", row: 0, column: 0, value: 5 });
  expect(editsIn(two, "hand")).toEqual([{ part: "q", row: 3, column: 1, value: -2 }]);
  expect(editsIn(two, "model")).toEqual([{ part: "v", row: 0, column: 0, value: 5 }]);
  expect(withEdit(two, "hand", { part: "q", row: 3, column: 1, value: 7 })).toBe("V1.1=5;q4.2=7");
  const masked = withEdit("", "hand", { part: "mask", row: 0, column: 0, value: 1 });
  expect(withEdit(masked, "hand", { part: "mask", row: 0, column: 0, value: 1 })).toBe("");
  expect(editsIn("q4.2=x;z1.1=3;;q=1;q99.1=2;k1.1=1e9", "hand")).toEqual([{ part: "q", row: 98, column: 0, value: 2 }]);
  expect(() => sheetOf(readings["gpt-zh"]!, { ...defaults, edits: "q99.1=2;q1.99=2;q0.0=1" })).not.toThrow();
});

test("what is typed into a cell", () => {
  expect(cellNumber("−1.5")).toBe(-1.5);
  expect(cellNumber("１２")).toBe(12);
  for (const typed of ["", "小猫", "NaN", "1e9", "1001"]) expect(cellNumber(typed)).toBeUndefined();
});

test("a row that is hidden altogether gives nothing", () => {
  const edits = ["m1.1=1", "m1.2=1", "m1.3=1", "m1.4=1"].join(";");
  const { weights, mixed } = sheetOf(readings["gpt-zh"]!, { ...defaults, edits });
  expect([...weights.slice(0, 4), ...mixed.slice(0, 3)]).toEqual(new Array(7).fill(0));
});

test("both sheets are saved, finite, and a text that is too long is refused", async () => {
  const table = tableOf(readings["gpt-zh"]!, defaults);
  const { tokens, width } = readings["gpt-zh"]!;
  const cells = (n: number, d: number): number => 4 * n * d + 3 * n * n;
  expect(table.rows).toHaveLength(cells(BY_HAND.tokens, BY_HAND.width) + cells(tokens, width));
  await expect(readHead(contexts["gpt-zh"]!, { ...defaults, text: "猫".repeat(20) })).rejects.toThrow(
    expect.objectContaining({ code: "bad-input", detail: expect.stringContaining("最多") }),
  );
});
