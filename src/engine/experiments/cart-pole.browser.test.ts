import { expect, test } from "vitest";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { Random } from "../random.ts";
import { graphicsCard } from "../testing/webgpu.ts";
import { CartPoleExperiment, type CartPoleMetrics } from "./cart-pole.ts";
import { CART_POLE_DEFAULTS } from "./cart-pole-settings.ts";

const SMALL = { steps: 256, environments: 4, horizon: 32, epochs: 2, minibatch: 64, width: 16 };

test("a training on WebGPU goes as on the CPU", async () => {
  const backends = [await createCpuBackend(), await graphicsCard()];
  const runs: CartPoleMetrics[][] = [];
  for (const backend of backends) {
    const laboratory = { backend, random: new Random(4) };
    const experiment = new CartPoleExperiment(laboratory, { ...CART_POLE_DEFAULTS, ...SMALL });
    const records: CartPoleMetrics[] = [];
    for await (const record of experiment.run()) records.push(record);
    runs.push(records);
    experiment.dispose();
    expect(backend.memory.storages).toBe(0);
    backend.dispose();
  }
  const [cpu, gpu] = runs;
  expect(gpu).toHaveLength(2);
  for (const [i, record] of cpu!.entries()) {
    for (const [key, value] of Object.entries(record)) {
      const other = gpu![i]![key as keyof CartPoleMetrics];
      if (value === null) expect(other).toBeNull();
      else expect(Math.abs(other! - value), key).toBeLessThan(1e-3 * Math.max(1, Math.abs(value)));
    }
  }
});
