import { beforeAll, expect, test } from "vitest";
import { openNodeEngine } from "../../../../engine/node-engine.ts";
import { indexOfLargest } from "../../../../engine/statistics.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { type Attended, agreement, attentionOf, fields, MODEL, readAttended, tableOf } from "./attended.ts";

let context: WorkContext;
let read: Attended;

beforeAll(async () => {
  const engine = await openNodeEngine("public/models");
  context = { engine, model: await engine.load(MODEL), signal: new AbortController().signal };
  read = await readAttended(context, fields.text.initial);
});

test("what [CLS] gives to the characters is a part of all that it gives", () => {
  expect(read.tokens.join("")).toBe(fields.text.initial);
  for (const what of ["head", "mean", "rollout"] as const) {
    const given = attentionOf(read, { what, layer: 6, head: 2 });
    expect(given).toHaveLength(read.tokens.length);
    const total = given.reduce((sum, weight) => sum + weight, 0);
    expect(total).toBeGreaterThan(0);
    expect(total).toBeLessThanOrEqual(1 + 1e-5);
  }
  expect(attentionOf(read, { what: "head", layer: 6, head: 1 })).not.toEqual(
    attentionOf(read, { what: "head", layer: 6, head: 2 }),
  );
});

test("occlusion finds what the verdict needs", async () => {
  const { tokens, occlusion } = await readAttended(context, "味道很好");
  expect(tokens[indexOfLargest(occlusion)]).toBe("好");
});

test("orders that agree, and that do not", () => {
  const { tau, rho } = agreement([1, 2, 3], [1, -2, 3]);
  expect([tau, rho]).toEqual([1, expect.closeTo(1)]);
  expect(agreement([3, 2, 1], [1, -2, 3]).tau).toBe(-1);
  expect(agreement([1, 1, 1], [1, 2, 3]).tau).toBeNull();
});

test("the table has a row for each token; what cannot be read is refused", async () => {
  expect(tableOf(read).rows).toHaveLength(read.tokens.length);
  const refused = expect.objectContaining({ code: "bad-input" });
  await expect(readAttended(context, "好".repeat(60))).rejects.toThrow(refused);
  await expect(readAttended(context, "")).rejects.toThrow(refused);
});
