import { expect, test } from "vitest";
import type { QuantizedStorage } from "../../backends/packed.ts";
import { EngineError } from "../../errors.ts";
import type { Workbench } from "./workbench.ts";

interface Quantized {
  readonly storage: QuantizedStorage;
  /** scale · code, which is what it must compute as. */
  readonly values: Float64Array;
}

/** A matrix of 8-bit integers: codes of the whole range with random scales. */
export function quantized(
  bench: Workbench,
  rows: number,
  columns: number,
  channels: QuantizedStorage["channels"],
): Quantized {
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

/** What only weights of 8-bit integers can do wrong. */
export function describeQuantized(bench: Workbench): void {
  test("weights in 8 bits with scales along the wrong axis are refused", () => {
    const { storage } = quantized(bench, 8, 8, "columns");
    const [x, out] = [bench.place(bench.numbers(8)), bench.blank(8)];
    const shape = { rows: 1, inner: 8, columns: 8, transposed: true };
    expect(() => bench.backend.linear(out, x, storage, null, shape)).toThrow(EngineError);
    expect(() => bench.backend.gather(out, storage, bench.place(Int32Array.of(1)), 1, 8)).toThrow(EngineError);
  });
}
