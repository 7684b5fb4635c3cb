import { describe, expect, test } from "vitest";
import type { LinearShape } from "../backend.ts";
import type { HalfStorage } from "../packed.ts";
import * as reference from "./reference.ts";
import { STALE, type Workbench } from "./workbench.ts";

/** The number that 16 bits of IEEE 754 binary16 stand for, if it is finite. */
function halfValue(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = (bits & 0x3ff) / 1024;
  return exponent === 0 ? sign * fraction * 2 ** -14 : sign * (1 + fraction) * 2 ** (exponent - 15);
}

function placeHalves(bench: Workbench, bits: Uint16Array): HalfStorage {
  const codes = new Uint16Array(Math.ceil(bits.length / 2) * 2);
  codes.set(bits);
  return { format: "f16", length: bits.length, codes: bench.place(new Int32Array(codes.buffer)) };
}

/** Numbers up to 2 in size. */
function halves(bench: Workbench, length: number): { readonly storage: HalfStorage; readonly values: Float64Array } {
  const bits = Uint16Array.from(bench.indices(length, 0x8000), (code) => ((code & 0x4000) << 1) | (code & 0x3fff));
  return { storage: placeHalves(bench, bits), values: Float64Array.from(bits, halfValue) };
}

/** Largest, smallest normal and subnormal numbers, both zeros, and plain ones. */
const ODD_BITS = Uint16Array.of(
  ...[0x7bff, 0xfbff, 0x0400, 0x8400, 0x03ff, 0x83ff, 0x0001, 0x8001, 0x0000, 0x8000, 0x3c00, 0xbc01, 0x3555],
);

/** Weights and tables in half precision: they compute as the same numbers in f32 do. */
export function describeHalves(bench: Workbench): void {
  describe("weights in half precision", () => {
    test("gather: every finite half is exactly its number", async () => {
      const bits = Uint16Array.from({ length: 0x1_0000 }, (_, i) => i).filter((code) => (code & 0x7c00) !== 0x7c00);
      const table = placeHalves(bench, bits);
      const out = bench.blank(bits.length);
      bench.backend.gather(out, table, bench.place(Int32Array.of(1, 0)), 2, bits.length / 2);
      const [actual] = await bench.readAll(out);
      const half = bits.length / 2;
      const wrong = actual!.findIndex((value, i) => value !== halfValue(bits[(i + half) % bits.length]!));
      expect(wrong).toBe(-1);
    });

    test.each([
      [1, 1, 1],
      [3, 5, 7],
      [33, 257, 31],
      [2, 256, 6001],
    ])("gather: %i rows, %i wide, of %i", async (rows, width, tableRows) => {
      const { storage, values } = halves(bench, tableRows * width);
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
    describe.each([false, true])("linear, transposed: %s", (transposed) => {
      test.each(shapes)("%i × %i · %i", async (rows, inner, columns) => {
        const shape: LinearShape = { rows, inner, columns, transposed };
        const { storage, values } = halves(bench, inner * columns);
        const plain = bench.place(Float32Array.from(values));
        const [x, bias, before] = [bench.numbers(rows * inner), bench.numbers(columns), bench.numbers(rows * columns)];
        const [placedX, placedBias] = [bench.place(x), bench.place(bias)];
        const [bare, same] = [bench.blank(rows * columns + 3), bench.blank(rows * columns + 3)];
        const accumulated = bench.place(before);
        bench.backend.linear(bare, placedX, storage, null, shape);
        bench.backend.linear(same, placedX, plain, null, shape);
        bench.backend.linear(accumulated, placedX, storage, placedBias, { ...shape, accumulate: true });
        const expected = reference.linear(x, values, shape);
        await bench.expectNumbers(bare, [...expected, STALE, STALE, STALE]);
        await bench.expectNumbers(
          accumulated,
          expected.map((value, i) => value + bias[i % columns]! + before[i]!),
        );
        const [inHalves, inFloats] = await bench.readAll(bare, same);
        expect(inHalves).toEqual(inFloats);
      });

      // One product for each number of `out`, so that nothing is lost in a sum.
      test.each([
        ["one row", [-0.1]],
        ["small factors", [1, -3, 65535, 1e-20]],
        ["large factors", [1, 65536, -1e30]],
        ["many large factors", [1, 2, 3, 4, 5, -6e5, 7, 1e33, 9]],
      ])("the largest, the smallest and zeros times %s", async (_, factors) => {
        const columns = ODD_BITS.length;
        const [x, out] = [Float32Array.from(factors), bench.blank(factors.length * columns)];
        const shape = { rows: x.length, inner: 1, columns, transposed };
        bench.backend.linear(out, bench.place(x), placeHalves(bench, ODD_BITS), null, shape);
        const [actual] = await bench.readAll(out);
        const expected = Float32Array.from(actual!, (_, i) => {
          return x[Math.floor(i / columns)]! * halfValue(ODD_BITS[i % columns]!);
        });
        expect(actual!.findIndex((value, i) => value !== expected[i])).toBe(-1);
      });
    });
  });
}
