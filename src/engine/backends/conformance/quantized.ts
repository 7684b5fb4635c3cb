import { describe, expect, test } from "vitest";
import { EngineError } from "../../errors.ts";
import type { LinearShape } from "../backend.ts";
import type { QuantizedStorage } from "../packed.ts";
import * as reference from "./reference.ts";
import { STALE, type Workbench } from "./workbench.ts";

interface Quantized {
  readonly storage: QuantizedStorage;
  /** scale · code, which is what it must compute as. */
  readonly values: Float64Array;
}

/** Codes of the whole range with random scales. */
function quantized(bench: Workbench, rows: number, columns: number, channels: "rows" | "columns"): Quantized {
  const length = rows * columns;
  const codes = new Int8Array(Math.ceil(length / 4) * 4);
  for (const [i, code] of bench.indices(length, 255).entries()) codes[i] = code - 127;
  const scales = bench.numbers(channels === "rows" ? rows : columns, 0.02);
  const storage: QuantizedStorage = {
    format: "i8",
    length,
    codes: bench.place(new Int32Array(codes.buffer)),
    scales: bench.place(scales),
    channels,
  };
  const scaleOf = (i: number): number => scales[channels === "rows" ? Math.floor(i / columns) : i % columns]!;
  return { storage, values: Float64Array.from({ length }, (_, i) => codes[i]! * scaleOf(i)) };
}

/** Weights and tables of 8-bit integers: the result is that of the numbers which they stand for. */
export function describeQuantized(bench: Workbench): void {
  describe("quantized weights", () => {
    test.each([
      [1, 1, 1],
      [3, 5, 7],
      [33, 257, 31],
      [2, 256, 6001],
    ])("gather: %i rows, %i wide, of %i", async (rows, width, tableRows) => {
      const { storage, values } = quantized(bench, tableRows, width, "rows");
      const [wanted, before] = [bench.indices(rows, tableRows), bench.numbers(rows * width)];
      const [out, sum, indices] = [bench.blank(rows * width + 3), bench.place(before), bench.place(wanted)];
      bench.backend.gather(out, storage, indices, rows, width);
      bench.backend.gather(sum, storage, indices, rows, width, true);
      const expected = reference.gather(values, wanted, width);
      await bench.expectNumbers(out, [...expected, STALE, STALE, STALE]);
      await bench.expectNumbers(
        sum,
        expected.map((value, i) => value + before[i]!),
      );
    });

    const shapes = [1, 2, 5, 7, 8, 33].flatMap((rows) => [
      [rows, 1, 1],
      [rows, 5, 3],
      [rows, 31, 257],
      [rows, 36, 20],
      [rows, 256, 768],
      [rows, 257, 31],
    ]) as [number, number, number][];
    const heads: typeof shapes = [
      [1, 256, 6001],
      [7, 256, 6001],
    ];
    describe.each([
      [false, shapes],
      [true, [...shapes, ...heads]],
    ])("linear, transposed: %s", (transposed, all) => {
      test.each(all)("%i × %i · %i", async (rows, inner, columns) => {
        const shape: LinearShape = { rows, inner, columns, transposed };
        const { storage, values } = transposed
          ? quantized(bench, columns, inner, "rows")
          : quantized(bench, inner, columns, "columns");
        const [x, bias, before] = [bench.numbers(rows * inner), bench.numbers(columns), bench.numbers(rows * columns)];
        const [placedX, placedBias] = [bench.place(x), bench.place(bias)];
        const [bare, biased, accumulated] = [
          bench.blank(rows * columns + 3),
          bench.blank(rows * columns),
          bench.place(before),
        ];
        bench.backend.linear(bare, placedX, storage, null, shape);
        bench.backend.linear(biased, placedX, storage, placedBias, shape);
        bench.backend.linear(accumulated, placedX, storage, placedBias, { ...shape, accumulate: true });
        const expected = reference.linear(x, values, shape);
        const withBias = expected.map((value, i) => value + bias[i % columns]!);
        await bench.expectNumbers(bare, [...expected, STALE, STALE, STALE]);
        await bench.expectNumbers(biased, withBias);
        await bench.expectNumbers(
          accumulated,
          withBias.map((value, i) => value + before[i]!),
        );
      });
    });

    test("scales along the wrong axis are refused", () => {
      const { storage } = quantized(bench, 8, 8, "columns");
      const [x, out] = [bench.place(bench.numbers(8)), bench.blank(8)];
      const shape = { rows: 1, inner: 8, columns: 8, transposed: true };
      expect(() => bench.backend.linear(out, x, storage, null, shape)).toThrow(EngineError);
      expect(() => bench.backend.gather(out, storage, bench.place(Int32Array.of(1)), 1, 8)).toThrow(EngineError);
    });
  });
}
