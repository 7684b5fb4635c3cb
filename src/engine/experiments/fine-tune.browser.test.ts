import { afterEach, expect, test, vi } from "vitest";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { chooseBackend } from "../backends/select.ts";
import { TINY_TASK, tinyLaboratory } from "../testing/tiny-bert-task.ts";
import { graphicsCard } from "../testing/webgpu.ts";
import { FineTuneExperiment, type FineTuneMetrics } from "./fine-tune.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

test.each(["mean", "cls"] as const)("a fine-tuning on WebGPU goes as on the CPU: %s", async (pooling) => {
  const backends = [await createCpuBackend(), await graphicsCard()];
  const runs: FineTuneMetrics[][] = [];
  for (const backend of backends) {
    const settings = { ...TINY_TASK, pooling, epochs: 2, learningRate: 0.005 };
    const experiment = await FineTuneExperiment.open(tinyLaboratory(backend, 4), settings);
    const records: FineTuneMetrics[] = [];
    for await (const record of experiment.run()) records.push(record);
    runs.push(records);
    experiment.dispose();
    expect(backend.memory.storages).toBe(0);
    backend.dispose();
  }
  const [cpu, gpu] = runs;
  expect(gpu).toHaveLength(5);
  for (const [i, record] of cpu!.entries()) {
    for (const [key, value] of Object.entries(record)) {
      const other = gpu![i]![key as keyof FineTuneMetrics];
      if (value === null) expect(other).toBeNull();
      else expect(Math.abs(other! - value), key).toBeLessThan(1e-3 * Math.max(1, Math.abs(value)));
    }
  }
});

test("a device that is lost in mid-training is the reason that is given; on the CPU it goes again", async () => {
  const requestDevice = vi.spyOn(GPUAdapter.prototype, "requestDevice");
  const { backend } = await chooseBackend("webgpu");
  const device = await requestDevice.mock.results[0]?.value;
  const experiment = await FineTuneExperiment.open(tinyLaboratory(backend, 1), TINY_TASK);
  const records = experiment.run();
  expect((await records.next()).value).toMatchObject({ step: 0 });
  expect((await records.next()).value).toMatchObject({ step: 1 });
  device?.destroy();
  await expect(records.next()).rejects.toMatchObject({ code: "device-lost" });
  await expect(experiment.ask({ texts: ["花"] })).rejects.toMatchObject({ code: "device-lost" });
  experiment.dispose();

  const cpu = await createCpuBackend();
  const again = await FineTuneExperiment.open(tinyLaboratory(cpu, 1), TINY_TASK);
  expect((await again.run().next()).value).toMatchObject({ step: 0 });
  again.dispose();
  expect(cpu.memory.storages).toBe(0);
  cpu.dispose();
});
