import { describe, test } from "vitest";
import type { LinearShape } from "../../backends/operations.ts";
import * as reference from "./reference.ts";
import { expectClose, STALE, type Workbench } from "./workbench.ts";

/** The operations of a forward pass through a model with a cache, against their definitions. */
export function describeInference(bench: Workbench): void {
  describe("inference", () => {
    test("copy takes the first numbers and leaves the rest", async () => {
      const source = bench.numbers(33);
      const out = bench.blank(40);
      bench.backend.copy(out, bench.place(source), 31);
      await bench.expectNumbers(out, [...source.slice(0, 31), ...new Array<number>(9).fill(STALE)]);
    });

    test.each([
      [1, 1, 1],
      [3, 5, 7],
      [33, 257, 31],
      [2, 256, 6001],
    ])("gather: %i rows, %i wide, of %i", async (rows, width, tableRows) => {
      const [table, wanted, before] = [
        bench.numbers(tableRows * width),
        bench.indices(rows, tableRows),
        bench.numbers(rows * width),
      ];
      const [out, sum] = [bench.blank(rows * width), bench.place(before)];
      const [placedTable, placedIndices] = [bench.place(table), bench.place(wanted)];
      bench.backend.gather(out, placedTable, placedIndices, rows, width);
      bench.backend.gather(sum, placedTable, placedIndices, rows, width, true);
      const expected = reference.gather(table, wanted, width);
      await bench.expectNumbers(out, expected);
      await bench.expectNumbers(
        sum,
        expected.map((value, i) => value + before[i]!),
      );
    });

    test.each([
      [1, 1],
      [2, 3],
      [7, 31],
      [33, 257],
      [2, 1024],
    ])("layer norm: %i rows, %i wide", async (rows, width) => {
      const [x, gain, bias] = [bench.numbers(rows * width, 3), bench.numbers(width), bench.numbers(width)];
      const out = bench.blank(rows * width);
      bench.backend.layerNorm(out, bench.place(x), bench.place(gain), bench.place(bias), rows, width, 1e-5);
      await bench.expectNumbers(out, reference.layerNorm(x, gain, bias, 1e-5));
    });

    test("layer norm keeps its digits where the mean is large", async () => {
      const x = bench.numbers(256).map((value) => 1000 + value);
      const [gain, bias] = [new Float32Array(256).fill(1), new Float32Array(256)];
      const out = bench.blank(256);
      bench.backend.layerNorm(out, bench.place(x), bench.place(gain), bench.place(bias), 1, 256, 1e-5);
      const [actual] = await bench.readAll(out);
      // An f32 near 1000 has steps of 6e-5.
      expectClose(actual!, reference.layerNorm(x, gain, bias, 1e-5), 2e-4);
    });

    test.each([
      [1, 1],
      [2, 3],
      [7, 31],
      [33, 256],
      [2, 1027],
    ])("RMS norm: %i rows, %i wide", async (rows, width) => {
      const [x, gain] = [bench.numbers(rows * width, 3).map((value) => value + 1), bench.numbers(width)];
      const out = bench.blank(rows * width);
      bench.backend.rmsNorm(out, bench.place(x), bench.place(gain), rows, width, 1e-6);
      await bench.expectNumbers(out, reference.rmsNorm(x, gain, 1e-6));
    });

    test.each([
      [1, 1],
      [3, 5],
      [7, 256],
    ])("scatter: %i rows, %i wide", async (rows, width) => {
      const x = bench.numbers(rows * width);
      const places = Int32Array.from({ length: rows }, (_, row) => 2 * (rows - row) - 1);
      const table = bench.blank(2 * rows * width);
      bench.backend.scatter(table, bench.place(x), bench.place(places), rows, width);
      const expected = new Float32Array(2 * rows * width).fill(STALE);
      for (const [row, place] of places.entries()) {
        expected.set(x.subarray(row * width, (row + 1) * width), place * width);
      }
      await bench.expectNumbers(table, expected);
    });

    const sizes = [1, 3, 5, 31, 256, 257];
    const products = [
      ...[1, 2, 7, 16, 17, 33].flatMap((rows) => sizes.map((inner, i) => [rows, inner, sizes[(i + rows) % 6]!])),
      ...[1, 2, 7, 33].flatMap((rows) => [
        [rows, 4, 4],
        [rows, 36, 20],
        [rows, 256, 768],
      ]),
    ] as [number, number, number][];
    // An output head tied to the embedding: transposed, and much wider than all else.
    const heads: typeof products = [
      [1, 256, 6001],
      [7, 256, 6001],
      [33, 64, 6001],
    ];
    describe.each([
      [false, products],
      [true, [...products, ...heads]],
    ])("linear, transposed: %s", (transposed, shapes) => {
      test.each(shapes)("%i × %i · %i", async (rows, inner, columns) => {
        const shape: LinearShape = { rows, inner, columns, transposed };
        const [x, weight, bias] = [bench.numbers(rows * inner), bench.numbers(inner * columns), bench.numbers(columns)];
        const before = bench.numbers(rows * columns);
        const [placedX, placedWeight, placedBias] = [bench.place(x), bench.place(weight), bench.place(bias)];
        const [bare, biased, accumulated] = [
          bench.blank(rows * columns),
          bench.blank(rows * columns),
          bench.place(before),
        ];
        bench.backend.linear(bare, placedX, placedWeight, null, shape);
        bench.backend.linear(biased, placedX, placedWeight, placedBias, shape);
        bench.backend.linear(accumulated, placedX, placedWeight, placedBias, { ...shape, accumulate: true });
        const expected = reference.linear(x, weight, shape);
        const withBias = expected.map((value, i) => value + bias[i % columns]!);
        await bench.expectNumbers(bare, expected);
        await bench.expectNumbers(biased, withBias);
        await bench.expectNumbers(
          accumulated,
          withBias.map((value, i) => value + before[i]!),
        );
      });
    });

    test.each([
      [1, 1],
      [3, 5],
      [7, 256],
    ])("store keys and values of %i tokens, %i wide", async (tokens, width) => {
      const qkv = bench.numbers(tokens * 3 * width);
      const slots = Int32Array.from({ length: tokens }, (_, token) => 2 * (tokens - token) - 1);
      const [keys, values] = [bench.blank(2 * tokens * width), bench.blank(2 * tokens * width)];
      bench.backend.storeKeyValues(keys, values, bench.place(qkv), bench.place(slots), tokens, width);
      for (const [part, storage] of [keys, values].entries()) {
        const expected = new Float32Array(2 * tokens * width).fill(STALE);
        for (const [token, slot] of slots.entries()) {
          const start = (3 * token + 1 + part) * width;
          expected.set(qkv.subarray(start, start + width), slot * width);
        }
        await bench.expectNumbers(storage, expected);
      }
    });

    test.each([
      { tokens: 1, heads: 1, headWidth: 1, pathStride: 1, large: 1 },
      { tokens: 7, heads: 3, headWidth: 5, pathStride: 33, large: 1 },
      { tokens: 33, heads: 4, headWidth: 64, pathStride: 96, large: 1 },
      { tokens: 2, heads: 2, headWidth: 128, pathStride: 1024, large: 1 },
      // Scores of some hundreds: exp overflows unless the largest is taken off first.
      { tokens: 5, heads: 2, headWidth: 32, pathStride: 70, large: 20 },
      { tokens: 4, heads: 3, headWidth: 8, pathStride: 20, large: 1, scale: 0.9 },
      // As in T5: queries that stand alone, and a bias.
      { tokens: 1, heads: 1, headWidth: 1, pathStride: 1, large: 1, queryStride: 1, biased: true },
      { tokens: 7, heads: 3, headWidth: 5, pathStride: 33, large: 1, queryStride: 15, biased: true },
      { tokens: 9, heads: 4, headWidth: 64, pathStride: 300, large: 1, queryStride: 256, biased: true },
      { tokens: 5, heads: 2, headWidth: 32, pathStride: 70, large: 6, queryStride: 64, biased: true },
    ])("attention: $tokens tokens, $heads × $headWidth, paths of $pathStride", async ({ large, ...shape }) => {
      const { tokens, heads, headWidth, pathStride, queryStride = 3 * heads * headWidth, biased = false } = shape;
      const width = heads * headWidth;
      const slots = pathStride + tokens;
      const [qkv, keys, values] = [
        bench.numbers(tokens * queryStride, large),
        bench.numbers(slots * width, large),
        bench.numbers(slots * width),
      ];
      // Ragged spans from one key to a full path. All paths begin with the same slots and end with one of their own.
      const spans = Int32Array.from({ length: tokens }, (_, token) =>
        token === 0 ? pathStride : 1 + ((token * 37) % pathStride),
      );
      const paths = Int32Array.from({ length: tokens * pathStride }, (_, i) => {
        const [token, step] = [Math.floor(i / pathStride), i % pathStride];
        return step === spans[token]! - 1 ? pathStride + token : (step * 3) % pathStride;
      });
      const size = tokens * heads * pathStride;
      const before = biased ? bench.numbers(size, 3) : new Float32Array(size).fill(STALE);
      const [out, pattern] = [bench.blank(tokens * width), bench.place(before)];
      const operands = [
        bench.place(qkv),
        bench.place(keys),
        bench.place(values),
        bench.place(paths),
        bench.place(spans),
      ] as const;
      bench.backend.attention(out, pattern, ...operands, shape);
      const expected = reference.attention(qkv, keys, values, paths, spans, shape, before);
      await bench.expectNumbers(pattern, expected.pattern);
      await bench.expectNumbers(out, expected.out);
    });
  });
}
