import { afterEach, expect, test, vi } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { chooseBackend } from "../backends/select.ts";
import { Random } from "../random.ts";
import { shareOf, tinyWriter } from "../testing/tiny-models.ts";
import { graphicsCard } from "../testing/webgpu.ts";
import { RlhfExperiment } from "./rlhf.ts";
import type { RlhfMetrics } from "./rlhf-records.ts";
import { RLHF_DEFAULTS, type RlhfSettings } from "./rlhf-settings.ts";
import { ExperimentRun } from "./run.ts";

const PROMPTS = [
  { category: "酒店", opening: "房间" },
  { category: "外卖", opening: "" },
];
const SMALL = { ...RLHF_DEFAULTS, prompts: PROMPTS, batch: 4, minibatch: 2, length: 6, learningRate: 3e-3 };

/** A software adapter on a busy machine takes most of a minute to compile what a round needs, and each test has a device of its own. */
const PATIENCE = { timeout: 240_000 };

afterEach(() => {
  vi.restoreAllMocks();
});

function start(backend: Backend, settings: RlhfSettings): RlhfExperiment {
  return new RlhfExperiment(
    { backend, random: new Random(4) },
    tinyWriter(backend, shareOf("好大高快新热"), { blocks: settings.blocks }),
    settings,
  );
}

test("a round on WebGPU goes as on the CPU", PATIENCE, async () => {
  const backends = [await createCpuBackend(), await graphicsCard()];
  const runs: RlhfMetrics[][] = [];
  for (const backend of backends) {
    const experiment = start(backend, { ...SMALL, iterations: 1, blocks: 1 });
    const records: RlhfMetrics[] = [];
    for await (const record of experiment.run()) records.push(record);
    runs.push(records);
    experiment.dispose();
    expect(backend.memory.storages).toBe(0);
    backend.dispose();
  }
  const [cpu, gpu] = runs;
  expect(gpu).toHaveLength(1);
  for (const [i, { seconds: _, ...record }] of cpu!.entries()) {
    for (const [key, value] of Object.entries(record)) {
      const other = gpu![i]![key as keyof typeof record];
      if (value === null) expect(other, key).toBeNull();
      else expect(Math.abs(other! - value), key).toBeLessThan(2e-3 * Math.max(1, Math.abs(value)));
    }
  }
});

test("a single review, and a learning rate of 10, leave numbers or a sentence, and no memory", PATIENCE, async () => {
  const backend = await graphicsCard();
  for (const changes of [{ batch: 1, minibatch: 1 }, { learningRate: 10 }]) {
    const experiment = start(backend, { ...SMALL, iterations: 1, blocks: 1, ...changes });
    const records: RlhfMetrics[] = [];
    let problem: unknown;
    try {
      for await (const record of experiment.run()) records.push(record);
    } catch (error) {
      problem = error;
    }
    if (problem !== undefined) expect(problem).toMatchObject({ code: "diverged" });
    else expect(Object.values(records[0]!).every((value) => value === null || Number.isFinite(value))).toBe(true);
    // One review has no other to be better than; it is learned from all the same.
    if ("batch" in changes) expect(records[0]!.epochs).toBeGreaterThan(0);
    experiment.dispose();
    expect(backend.memory.storages).toBe(0);
  }
  backend.dispose();
});

test("a policy on WebGPU learns to write what is rewarded", PATIENCE, async () => {
  const backend = await graphicsCard();
  const prompts = PROMPTS.slice(0, 1);
  const experiment = start(backend, {
    ...SMALL,
    prompts,
    iterations: 4,
    batch: 32,
    minibatch: 32,
    epochs: 4,
    length: 4,
    blocks: 1,
    learningRate: 0.01,
    klWeight: 0,
    targetKl: 0,
  });
  const reward = async (who: "policy" | "reference") => {
    const answer = await experiment.ask({ kind: "write", who, prompts, reviews: 32, seed: 9 });
    return answer.kind === "write" ? answer.reward! : Number.NaN;
  };
  for await (const _ of experiment.run());
  // Of 200 characters, chance moves the share by 0.02.
  expect(await reward("policy")).toBeGreaterThan((await reward("reference")) + 0.15);
  experiment.dispose();
  expect(backend.memory.storages).toBe(0);
  backend.dispose();
});

test(
  "a device that is lost in mid-training ends the run with a sentence; its records stay, and it can be cleaned up",
  PATIENCE,
  async () => {
    const devices: GPUDevice[] = [];
    const request = GPUAdapter.prototype.requestDevice;
    vi.spyOn(GPUAdapter.prototype, "requestDevice").mockImplementation(async function (this: GPUAdapter, descriptor) {
      const device = await request.call(this, descriptor);
      devices.push(device);
      return device;
    });
    const { backend } = await chooseBackend("webgpu");
    const settings = { ...SMALL, iterations: 100 };
    const experiment = start(backend, settings);
    const records = experiment.run();
    const source = {
      next: () => records.next(),
      ask: experiment.ask.bind(experiment),
      async return() {
        await records.return();
        experiment.dispose();
      },
    };
    const run = new ExperimentRun({ experiment: "rlhf", seed: 4, settings, device: backend.device }, source, () => {
      if (run.records.length === 2) devices[0]!.destroy();
    });
    await run.start();
    expect(run.state).toBe("failed");
    expect(run.error?.code).toBe("device-lost");
    expect(run.export().records.length).toBeGreaterThanOrEqual(2);
    await run.stop();
    expect(backend.memory.storages).toBe(0);
  },
);
