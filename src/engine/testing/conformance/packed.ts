import { describe, expect, test } from "vitest";
import type { LinearShape } from "../../backends/operations.ts";
import { halves } from "./halves.ts";
import { quantized } from "./quantized.ts";
import * as reference from "./reference.ts";
import { STALE, type Workbench } from "./workbench.ts";

const FORMATS = [
  { format: "half precision", pack: halves, exact: true },
  { format: "8 bits", pack: quantized, exact: false },
];

const SHAPES = [1, 2, 5, 6, 7, 8, 33].flatMap((rows) => [
  [rows, 1, 1],
  [rows, 5, 3],
  [rows, 31, 257],
  [rows, 36, 20],
  [rows, 256, 768],
  [rows, 257, 31],
]) as [number, number, number][];

/** The output layer of a language model, whose weight is its table of embeddings. */
const HEADS: typeof SHAPES = [
  [1, 256, 6001],
  [7, 256, 6001],
];

/** Packed weights and tables: they compute as the numbers do for which they stand; where a format is exact, to the last bit as in f32. */
export function describePacked(bench: Workbench): void {
  describe.each(FORMATS)("weights in $format", ({ pack, exact }) => {
    test.each([
      [1, 1, 1],
      [3, 5, 7],
      [33, 257, 31],
      [2, 256, 6001],
    ])("gather: %i rows, %i wide, of %i", async (rows, width, tableRows) => {
      const { storage, values } = pack(bench, tableRows, width, "rows");
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

    describe.each([
      [false, SHAPES],
      [true, [...SHAPES, ...HEADS]],
    ])("linear, transposed: %s", (transposed, shapes) => {
      test.each(shapes)("%i × %i · %i", async (rows, inner, columns) => {
        const shape: LinearShape = { rows, inner, columns, transposed };
        const { storage, values } = transposed
          ? pack(bench, columns, inner, "rows")
          : pack(bench, inner, columns, "columns");
        const [x, bias, before] = [bench.numbers(rows * inner), bench.numbers(columns), bench.numbers(rows * columns)];
        const [placedX, placedBias] = [bench.place(x), bench.place(bias)];
        const [bare, biased] = [bench.blank(rows * columns + 3), bench.blank(rows * columns)];
        const accumulated = bench.place(before);
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
        if (exact) {
          const plain = bench.blank(rows * columns + 3);
          bench.backend.linear(plain, placedX, bench.place(Float32Array.from(values)), null, shape);
          const [inFloats, packed] = await bench.readAll(plain, bare);
          expect(inFloats!.findIndex((value, i) => value !== packed![i])).toBe(-1);
        }
      });
    });
  });
}
