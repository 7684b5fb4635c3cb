import { chromium } from "@playwright/test";
import { browserLaunchOptions } from "../scripts/browser.ts";
import { serve } from "./server.ts";
import { type Summary, summarize } from "./statistics.ts";

const SAMPLES = 60;

/**
 * Milliseconds from the submission of so many dispatches that return at once, one behind the other, until a number is read back: what a pass
 * costs in a browser besides what it computes.
 */
export async function measureReadBack(counts: readonly number[]): Promise<Summary[]> {
  const server = await serve(new Map([["/index.html", new TextEncoder().encode("<!doctype html>")]]));
  const browser = await chromium.launch(await browserLaunchOptions());
  try {
    const page = await browser.newPage();
    await page.goto(`${server.origin}/index.html`);
    const samples = await page.evaluate(measure, [counts, SAMPLES] as const);
    return samples.map((milliseconds) => summarize(milliseconds, "lower"));
  } finally {
    await browser.close();
    server.close();
  }
}

/** Runs in the page. */
async function measure([counts, samples]: readonly [readonly number[], number]): Promise<number[][]> {
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter) throw new Error("no WebGPU");
  const device = await adapter.requestDevice();
  const code = `
    @group(0) @binding(0) var<storage, read_write> out: array<u32>;
    @compute @workgroup_size(64)
    fn main(@builtin(workgroup_id) id: vec3u) {
      if (id.x > 0) { out[id.x] = id.x; }
    }`;
  const pipeline = await device.createComputePipelineAsync({
    layout: "auto",
    compute: { module: device.createShaderModule({ code }) },
  });
  const { STORAGE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
  const buffer = device.createBuffer({ size: 256, usage: STORAGE | COPY_SRC });
  const staging = device.createBuffer({ size: 256, usage: MAP_READ | COPY_DST });
  const layout = pipeline.getBindGroupLayout(0);
  const group = device.createBindGroup({ layout, entries: [{ binding: 0, resource: { buffer } }] });
  const all = counts.map((): number[] => []);
  for (let sample = 0; sample < samples; sample++) {
    for (const [i, count] of counts.entries()) {
      const encoder = device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, group);
      for (let d = 0; d < count; d++) pass.dispatchWorkgroups(1);
      pass.end();
      encoder.copyBufferToBuffer(buffer, 0, staging, 0, 256);
      const start = performance.now();
      device.queue.submit([encoder.finish()]);
      await staging.mapAsync(GPUMapMode.READ);
      all[i]?.push(performance.now() - start);
      staging.unmap();
    }
  }
  return all;
}
