import { describe, expect, test } from "vitest";
import { openModel } from "../../../engine/node.ts";
import { ALL_TRACES } from "./snapshot.ts";
import { compareRows, countChanged, type MatrixView, type Panel, rowOf, viewOf } from "./views.ts";

function matrix(data: readonly number[], columns: number): MatrixView {
  const rows = data.length / columns;
  return { trace: "x", form: "tokens", axes: [], rows, columns, data: Float32Array.from(data) };
}

describe("rows that moved", () => {
  test("by how much of their length, from 0 to 2; rounding is no movement", () => {
    const before = matrix([1, 0, 0, 2, 3, 4], 2);
    const now = matrix([1, 1e-7, 0, -2, 3, 5], 2);
    const changes = compareRows(now, before)!;
    expect(changes[0]).toBe(0);
    expect(changes[1]).toBeCloseTo(2, 6);
    expect(changes[2]).toBeCloseTo(1 / Math.hypot(3, 5), 6);
    expect(countChanged(changes)).toBe(2);
  });

  test("rows where there were none are new; rows of another length cannot be compared", () => {
    expect(compareRows(matrix([1, 1, 2, 2], 2), matrix([1, 1], 2))).toEqual([0, "new"]);
    expect(compareRows(matrix([1, 1], 2), matrix([1, 1, 1], 3))).toBeUndefined();
    expect(compareRows(matrix([0, 0], 2), matrix([0, 0], 2))).toEqual([0]);
  });
});

describe("a GPT", () => {
  test("has the same views as a BERT: nothing behind a token reaches it", async () => {
    const model = await openModel("public/models/gpt-zh");
    if (model.architecture !== "gpt2") throw new Error("gpt-zh is a GPT.");
    const read = (text: string) => model.forward(model.tokenizer.encode(text).ids, { trace: ALL_TRACES });
    const [now, before] = [await read("小猫爱吃鱼"), await read("小猫爱吃肉")];
    const panel = (origin: Panel["origin"], form: Panel["form"]): Panel => ({ origin, form, label: "", space: "keys" });
    const pattern = viewOf(panel("nn/attention.ts#blocks.*.attn.pattern", "weights"), now, 1, 2);
    expect([pattern.rows, pattern.columns, pattern.axes[0]?.length]).toEqual([5, 5, model.config.heads]);
    for (let row = 0; row < 5; row++) {
      expect(rowOf(pattern, row).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
      expect([...rowOf(pattern, row).subarray(row + 1)].every((weight) => weight === 0)).toBe(true);
    }
    const stream = panel("models/gpt2.ts#blocks.*.resid_post", "tokens");
    const changes = compareRows(viewOf(stream, now, 1, 0), viewOf(stream, before, 1, 0))!;
    expect(changes.map((change) => change !== 0)).toEqual([false, false, false, false, true]);
    model.dispose();
  });
});
