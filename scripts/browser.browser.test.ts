import { expect, test } from "vitest";

// Without an adapter the engine would quietly choose its CPU backend, and no test would see WebGPU at all.
test("a page of the test browser has a WebGPU device", async () => {
  const adapter = await navigator.gpu.requestAdapter();
  const device = await adapter?.requestDevice();
  expect(device?.limits.maxComputeInvocationsPerWorkgroup).toBeGreaterThanOrEqual(256);
});

test("a worker of the test browser has a WebGPU adapter", async () => {
  const source = "navigator.gpu.requestAdapter().then((adapter) => postMessage(adapter !== null))";
  const worker = new Worker(URL.createObjectURL(new Blob([source])));
  const found = await new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = reject;
  });
  worker.terminate();
  expect(found).toBe(true);
});
