import { describe, expect, test } from "vitest";
import { normalBelow } from "../../../../engine/testing/conformance/reference.ts";
import { openShaped } from "../testing/open.ts";
import { arithmeticOf } from "./arithmetic.ts";
import { read } from "./reading.ts";
import { wordsOf } from "./station.ts";
import { stationOf } from "./stations.ts";
import { viewOf } from "./views.ts";

const LAYERS = 3;
const SHAPE = { n_layer: LAYERS, n_head: 2, n_embd: 24, n_positions: 12 };
const TEXT = "hello";

/** The arithmetic of a cell of every block, with what stands there. */
async function cellsOf(change: object, station: "scores" | "mask" | "gelu") {
  const reading = await read(await openShaped({ ...SHAPE, ...change }), TEXT);
  const [row, column] = [reading.ids.length - 1, 1];
  const cells = Array.from({ length: LAYERS }, (_, i) => {
    const place = { station, layer: i + 1 };
    const view = viewOf(reading, place, 1)!;
    return { of: arithmeticOf(reading, place, 1, row, column), shown: view.data[row * view.columns + column]! };
  });
  return { reading, cells, says: stationOf(station).says(reading.sizes) };
}

describe.each(["scores", "mask"] as const)("%s", (station) => {
  test.each([
    [{}, ["√12", "√12", "√12"], "再除以 √12，免得数太大"],
    [
      { scale_attn_by_inverse_layer_idx: true },
      ["√12 × 编号 1", "√12 × 编号 2", "√12 × 编号 3"],
      "再除以 √12，又除以这一块的编号，免得数太大",
    ],
    [{ scale_attn_weights: false }, ["", "", ""], "这个模型不除以 √12，就这样用"],
    [
      { scale_attn_weights: false, scale_attn_by_inverse_layer_idx: true },
      ["编号 1", "编号 2", "编号 3"],
      "再除以这一块的编号，免得数太大",
    ],
  ])("are divided as %o says", async (change, names, words) => {
    const { cells, says } = await cellsOf(change, station);
    if (station === "scores") expect(says).toContain(words);
    for (const [i, { of, shown }] of cells.entries()) {
      if (of?.kind !== "dot") throw new Error("It is no dot product.");
      expect(of.divisorName).toBe(names[i]);
      expect(of.result).toBe(shown);
      expect(Math.abs(of.sum / of.divisor - shown)).toBeLessThan(1e-5 * Math.max(1, Math.abs(shown)));
    }
  });
});

test.each([
  ["gelu", "GELU", "GELU：负的几乎都压成零", (x: number) => x * normalBelow(x)],
  ["relu", "ReLU", "ReLU：负的都压成零", (x: number) => Math.max(x, 0)],
  ["silu", "SiLU", "SiLU：负的压到零附近", (x: number) => x / (1 + Math.exp(-x))],
  ["tanh", "tanh", "tanh：都压到 −1 和 1 之间", Math.tanh],
])("between the halves of a network with %s stands %s", async (activation_function, name, title, f) => {
  const { reading, cells, says } = await cellsOf({ activation_function }, "gelu");
  expect(wordsOf(stationOf("gelu").title, reading.sizes)).toBe(title);
  expect(wordsOf(stationOf("gelu").short, reading.sizes)).toBe(name);
  expect(says).toContain(`过一次 ${name}`);
  for (const { of, shown } of cells) {
    if (of?.kind !== "bend") throw new Error("No function stands there.");
    expect(of.name).toBe(name);
    expect(of.result).toBe(shown);
    expect(f(of.value)).toBeCloseTo(shown, 4);
  }
});
