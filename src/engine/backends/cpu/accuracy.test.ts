import { expect, test } from "vitest";
import * as reference from "../../testing/conformance/reference.ts";
import * as gradients from "../../testing/conformance/reference-gradients.ts";
import type { UnaryFunction } from "../operations.ts";
import { createCpuBackend } from "./cpu.ts";

/**
 * The suite of all backends allows what WGSL allows. The kernels here promise more: values and slopes right to 1e-6, over all x that do
 * not saturate them, relative where |f(x)| is above 1.
 */
test.each(reference.UNARY_FUNCTIONS)("%s", async (f: UnaryFunction) => {
  const backend = await createCpuBackend();
  const length = 40_001;
  const x = Float32Array.from({ length }, (_, i) => (i - 20_000) / 2000);
  const [source, out, ones, slopes] = [
    backend.alloc(length),
    backend.alloc(length),
    backend.alloc(length),
    backend.alloc(length),
  ];
  backend.upload(source, x);
  backend.fill(ones, 1, length);
  backend.fill(slopes, 0, length);
  backend.map(f, out, source, length, -0.75, 1.5);
  backend.mapGradient(f, slopes, source, ones, length, -0.75, 1.5);
  const spans = [out, slopes].map((storage) => ({ storage, offset: 0, length }));
  const [values, derivatives] = await backend.read(spans);
  const one = new Float32Array(length).fill(1);
  expect(largestError(values!, reference.map(f, x, -0.75, 1.5))).toBeLessThan(1e-6);
  expect(largestError(derivatives!, gradients.mapGradient(f, x, one, -0.75, 1.5))).toBeLessThan(1e-6);
  backend.dispose();
});

test.each(["tanh", "exp"] as const)("%s keeps its digits near zero, too", async (f) => {
  const backend = await createCpuBackend();
  const x = Float32Array.from({ length: 4001 }, (_, i) => 10 ** (-i / 200) * (i % 2 === 0 ? 1 : -1));
  const storage = backend.alloc(x.length);
  backend.upload(storage, x);
  backend.map(f, storage, storage, x.length);
  const [values] = await backend.read([{ storage, offset: 0, length: x.length }]);
  const errors = reference.map(f, x).map((value, i) => Math.abs(values![i]! / value - 1));
  expect(Math.max(...errors)).toBeLessThan(4e-7);
  backend.dispose();
});

function largestError(actual: Float32Array, expected: Float64Array): number {
  return expected.reduce((largest, value, i) => {
    return Math.max(largest, Math.abs(actual[i]! - value) / Math.max(1, Math.abs(value)));
  }, 0);
}
