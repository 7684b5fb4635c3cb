import { describe, expect, test } from "vitest";
import type { HalfStorage } from "../../backends/packed.ts";
import type { Workbench } from "./workbench.ts";

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

interface Halves {
  readonly storage: HalfStorage;
  readonly values: Float64Array;
}

/** A matrix in half precision, of numbers up to 2 in size. */
export function halves(bench: Workbench, rows: number, columns: number): Halves {
  const codes = bench.indices(rows * columns, 0x8000);
  const bits = Uint16Array.from(codes, (code) => ((code & 0x4000) << 1) | (code & 0x3fff));
  return { storage: placeHalves(bench, bits), values: Float64Array.from(bits, halfValue) };
}

/** Largest, smallest normal and subnormal numbers, both zeros, and plain ones. */
const ODD_BITS = Uint16Array.of(
  ...[0x7bff, 0xfbff, 0x0400, 0x8400, 0x03ff, 0x83ff, 0x0001, 0x8001, 0x0000, 0x8000, 0x3c00, 0xbc01, 0x3555],
);

/** The halves that a kernel may decode wrongly. */
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

    // One product for each number of `out`, so that nothing is lost in a sum.
    describe.each([false, true])("linear, transposed: %s", (transposed) => {
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
