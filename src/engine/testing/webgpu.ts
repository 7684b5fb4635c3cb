import type { Backend } from "../backends/backend.ts";
import { requestWebGpuDevice } from "../backends/webgpu/device.ts";
import { createWebGpuBackend } from "../backends/webgpu/webgpu.ts";
import { shareBackend } from "./shared-backend.ts";

/** The adapter of the browser that runs the tests, fresh: each gives one device. */
export async function requestAdapter(): Promise<GPUAdapter> {
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter) throw new Error("The browser of the tests must have a WebGPU adapter.");
  return adapter;
}

/** A backend with the kernels for a graphics card, on whatever adapter there is: readers run these, while tests mostly run on a software adapter. */
export async function createGraphicsCardBackend(): Promise<Backend> {
  return createWebGpuBackend(await requestWebGpuDevice(await requestAdapter()), { software: false });
}

/** The same, one for all tests of the page. */
export const graphicsCard: () => Promise<Backend> = shareBackend(createGraphicsCardBackend);
