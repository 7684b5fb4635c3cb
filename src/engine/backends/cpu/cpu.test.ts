import { expect, test, vi } from "vitest";
import * as reference from "../../testing/conformance/reference.ts";
import { expectClose } from "../../testing/conformance/workbench.ts";
import { describeBackend } from "../../testing/conformance.ts";
import { createCpuBackend } from "./cpu.ts";

describeBackend("CPU", createCpuBackend);

test.each([
  { rows: 33, transposed: false },
  { rows: 5, transposed: false },
  { rows: 5, transposed: true },
])(
  "where there is no relaxed SIMD, a matrix product is the same: $rows rows, transposed: $transposed",
  async (part) => {
    const instantiate = vi.spyOn(WebAssembly, "instantiate").mockRejectedValueOnce(new WebAssembly.CompileError());
    const backend = await createCpuBackend();
    // The loops with it, the loops without, and all the rest.
    expect(instantiate).toHaveBeenCalledTimes(3);
    const shape = { ...part, inner: 300, columns: 70 };
    const x = Float32Array.from({ length: shape.rows * shape.inner }, (_, i) => Math.sin(i));
    const weight = Float32Array.from({ length: shape.inner * shape.columns }, (_, i) => Math.cos(i));
    const [placedX, placedWeight] = [backend.alloc(x.length), backend.alloc(weight.length)];
    const out = backend.alloc(shape.rows * shape.columns);
    backend.upload(placedX, x);
    backend.upload(placedWeight, weight);
    backend.linear(out, placedX, placedWeight, null, shape);
    const [actual] = await backend.read([{ storage: out, offset: 0, length: out.length }]);
    expectClose(actual!, reference.linear(x, weight, shape));
    backend.dispose();
    instantiate.mockRestore();
  },
);
