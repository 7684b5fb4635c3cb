import { expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { requestWebGpuDevice } from "../backends/webgpu/device.ts";
import { createWebGpuBackend } from "../backends/webgpu/webgpu.ts";
import { Parameters } from "./parameters.ts";

async function webGpu(software: boolean): Promise<Backend> {
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter) throw new Error("The browser of the tests must have a WebGPU adapter.");
  return createWebGpuBackend(await requestWebGpuDevice(adapter), { software });
}

test.each([
  { on: "the CPU", create: createCpuBackend, bytes: 64 },
  { on: "a graphics card", create: () => webGpu(false), bytes: 64 },
  { on: "a software adapter", create: () => webGpu(true), bytes: 128 },
])("a weight in half precision takes $bytes bytes on $on, and is the same", async ({ create, bytes }) => {
  const backend = await create();
  const parameters = new Parameters(backend);
  const codes = Uint16Array.from({ length: 32 }, (_, i) => 0x3c00 + i); // 1 + i · 2⁻¹⁰
  const weight = parameters.add("weight", [1, 32], { format: "f16", codes }, false);
  expect(backend.memory.bytes).toBe(bytes);

  const [row, zero] = [backend.alloc(32), backend.alloc(1)];
  backend.upload(zero, Int32Array.of(0));
  backend.gather(row, weight.storage, zero, 1, 32);
  const [numbers] = await backend.read([{ storage: row, offset: 0, length: 32 }]);
  expect(numbers).toEqual(Float32Array.from(codes, (_, i) => 1 + i / 1024));

  parameters.dispose();
  backend.free(row);
  backend.free(zero);
  expect(backend.memory).toEqual({ bytes: 0, storages: 0 });
  backend.dispose();
});
