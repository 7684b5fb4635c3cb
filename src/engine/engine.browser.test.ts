import { afterEach, expect, test, vi } from "vitest";
import type { EngineStatus } from "./active-backend.ts";
import { sample } from "./decoding/sample.ts";
import { DEFAULT_SETTINGS, type GenerationSettings } from "./decoding/settings.ts";
import { Engine } from "./engine.ts";
import { ExperimentRun, recordsOf } from "./experiments/run.ts";
import { TRAINING } from "./testing/small-training.ts";

const MODELS = new URL("/models/", location.href);
const MODEL = "gpt-poem";
/** The token with which its poems end. */
const END = 0;

afterEach(() => {
  vi.restoreAllMocks();
});

/** Generates a poem; `onToken` is called after each token with the number of tokens so far. */
async function write(
  engine: Engine,
  settings: GenerationSettings,
  onToken: (count: number) => void = () => {},
): Promise<number[]> {
  const { tokenizer } = await engine.load(MODEL);
  const tree = await engine.tree(MODEL);
  const ids: number[] = [];
  try {
    const prompt = tokenizer.encode("[七绝]春晓[诗]").ids;
    for await (const event of sample(tree, prompt, { ...settings, endIds: [END], maxNewTokens: 40 })) {
      if (event.type === "token") onToken(ids.push(event.token));
    }
  } finally {
    tree.dispose();
  }
  return ids;
}

/** Keeps every GPU device that is requested, so that a test can destroy it. */
function watchDevices(): GPUDevice[] {
  const devices: GPUDevice[] = [];
  const request = GPUAdapter.prototype.requestDevice;
  vi.spyOn(GPUAdapter.prototype, "requestDevice").mockImplementation(async function (this: GPUAdapter, descriptor) {
    const device = await request.call(this, descriptor);
    devices.push(device);
    return device;
  });
  return devices;
}

test("a device that is lost in mid-generation: the text goes on, on the CPU, as if nothing had happened", async () => {
  const devices = watchDevices();
  const statuses: EngineStatus[] = [];
  const engine = await Engine.create(MODELS, "webgpu", (status) => statuses.push(status));
  expect(engine.status.kind).toBe("webgpu");
  const interrupted = await write(engine, DEFAULT_SETTINGS, (count) => {
    if (count === 5) devices[0]?.destroy();
  });
  expect(devices).toHaveLength(1);
  expect(statuses).toEqual([engine.status]);
  expect(engine.status.kind).toBe("cpu");
  expect(engine.status.reason).toContain("中断了，已改用 CPU 继续");

  const cpu = await Engine.create(MODELS, "cpu", () => {});
  expect(interrupted).toEqual(await write(cpu, DEFAULT_SETTINGS));
  expect(interrupted.length).toBeGreaterThan(5);
});

test("a device that is lost between two poems is noticed, and the next poem is written on the CPU", async () => {
  const devices = watchDevices();
  const moved = Promise.withResolvers<EngineStatus>();
  const engine = await Engine.create(MODELS, "webgpu", moved.resolve);
  const before = await write(engine, DEFAULT_SETTINGS);
  devices[0]?.destroy();
  expect((await moved.promise).kind).toBe("cpu");
  expect(await write(engine, DEFAULT_SETTINGS)).toEqual(before);
});

test("a tree that was at rest when the device was lost goes on from any of its tokens", async () => {
  const devices = watchDevices();
  const moved = Promise.withResolvers<EngineStatus>();
  const engine = await Engine.create(MODELS, "webgpu", moved.resolve);
  const { tokenizer } = await engine.load(MODEL);
  const prompt = tokenizer.encode("[五绝][诗]").ids;
  const [tree, other] = [await engine.tree(MODEL), await engine.tree(MODEL)];
  const first = await tree.append(null, prompt);
  const second = await tree.append(first.node, [20]);
  await other.append(null, prompt);
  devices[0]?.destroy();
  await moved.promise;
  // Calls that overlap are answered in their order, each in its own context.
  const [a, b, c] = await Promise.all([
    tree.append(first.node, [30]),
    tree.append(second.node, [30]),
    other.append(null, [...prompt, 20, 30]),
  ]);
  expect([a.node, b.node]).toEqual([second.node + 1, second.node + 2]);
  expect(largestDifference(b.logits, c.logits)).toBeLessThan(1e-3);
  expect(largestDifference(a.logits, b.logits)).toBeGreaterThan(1e-2);
  tree.dispose();
  other.dispose();
});

test("a question that is under way when the device is lost is answered on the CPU", async () => {
  const devices = watchDevices();
  const engine = await Engine.create(MODELS, "webgpu", () => {});
  const { tokenizer } = await engine.load(MODEL);
  const { ids } = tokenizer.encode("[五绝][诗]春风");
  const before = await engine.calls.next(MODEL, ids);
  const asked = [engine.calls.next(MODEL, ids), engine.calls.logProbs(MODEL, ids.slice(0, -2), ids.slice(-2))] as const;
  devices[0]?.destroy();
  const [next, logProbs] = await Promise.all(asked);
  expect(engine.status.kind).toBe("cpu");
  expect(largestDifference(next, before)).toBeLessThan(1e-3);
  expect(logProbs).toEqual(await engine.calls.logProbs(MODEL, ids.slice(0, -2), ids.slice(-2)));
});

test("a device that is lost at the moment at which a model comes: the model works all the same", async () => {
  const devices = watchDevices();
  const engine = await Engine.create(MODELS, "webgpu", () => {});
  await engine.load(MODEL, {
    onProgress: ({ loaded, total }) => {
      if (loaded === total) devices[0]?.destroy();
    },
  });
  for (let poem = 0; poem < 2; poem++) expect((await write(engine, DEFAULT_SETTINGS)).length).toBeGreaterThan(5);
  expect(engine.status.kind).toBe("cpu");
});

test("a device that is lost in mid-training ends the run with that reason; what was measured stays, the memory does not", async () => {
  const devices = watchDevices();
  const moved = Promise.withResolvers<EngineStatus>();
  const engine = await Engine.create(MODELS, "webgpu", moved.resolve);
  const open = async () => {
    const experiment = await engine.experiment("language-model", TRAINING, 1);
    const source = recordsOf(experiment);
    return new ExperimentRun({ experiment: "language-model", seed: 1, settings: TRAINING, device: "" }, source);
  };
  const run = await open();
  await run.step();
  await run.step();
  devices[0]?.destroy();
  await run.start();
  expect(run.state).toBe("failed");
  expect(run.error).toMatchObject({ code: "device-lost" });
  expect(run.records.map(({ step }) => step).slice(0, 2)).toEqual([1, 2]);
  await run.stop();
  expect((await moved.promise).kind).toBe("cpu");
  expect(engine.memory).toEqual({ bytes: 0, storages: 0 });

  const next = await open();
  await next.step();
  expect(next.records).toHaveLength(1);
  await next.stop();
  expect(engine.memory).toEqual({ bytes: 0, storages: 0 });
});

test("no WebGPU: the CPU, and the reader is told why", async () => {
  vi.spyOn(navigator.gpu, "requestAdapter").mockResolvedValue(null);
  const engine = await Engine.create(MODELS, undefined, () => {});
  expect(engine.status).toEqual({ kind: "cpu", device: "WebAssembly SIMD", reason: "没有找到可用的 GPU" });
  await expect(Engine.create(MODELS, "webgpu", () => {})).rejects.toMatchObject({ code: "no-webgpu" });
});

test("a GPU whose driver refuses a kernel: the CPU, also for a model that has moved in while kernels were compiled", async () => {
  // Else it would be passed over.
  vi.spyOn(GPUAdapterInfo.prototype, "isFallbackAdapter", "get").mockReturnValue(false);
  const movedIn = Promise.withResolvers<void>();
  const writeBuffer = GPUQueue.prototype.writeBuffer;
  vi.spyOn(GPUQueue.prototype, "writeBuffer").mockImplementation(function (this: GPUQueue, ...data) {
    movedIn.resolve();
    return writeBuffer.apply(this, data);
  });
  vi.spyOn(GPUDevice.prototype, "createComputePipelineAsync").mockImplementation(async () => {
    await movedIn.promise;
    throw new Error("refused");
  });
  const engine = new Engine(MODELS, undefined, () => {});
  await engine.load(MODEL);
  expect(engine.status).toMatchObject({ kind: "cpu", reason: "GPU 没能启动：refused" });
  expect((await write(engine, DEFAULT_SETTINGS)).length).toBeGreaterThan(5);
});

test("a software adapter is passed over unless it is asked for", async () => {
  const engine = await Engine.create(MODELS, undefined, () => {});
  expect(engine.status.kind).toBe("cpu");
  expect(engine.status.reason).toContain("软件模拟");
});

test.each(["cpu", "webgpu"] as const)(
  "texts that end and texts that are broken off leave no memory behind, on %s",
  async (kind) => {
    const engine = await Engine.create(MODELS, kind, () => {});
    const settings = { ...DEFAULT_SETTINGS, doSample: true, numReturnSequences: 3 };
    const { tokenizer } = await engine.load(MODEL);
    const prompt = tokenizer.encode("[五绝][诗]").ids;
    const round = async (seed: number): Promise<void> => {
      const tree = await engine.tree(MODEL);
      for await (const _ of sample(tree, prompt, { ...settings, seed, maxNewTokens: 3 })) if (seed % 3 === 2) break;
      tree.dispose();
    };
    await round(0);
    const before = { ...engine.memory };
    for (let seed = 1; seed <= 6; seed++) await round(seed);
    expect({ ...engine.memory }).toEqual(before);
  },
);

test("two callers share one download; cancelling one leaves the other its model", async () => {
  const engine = await Engine.create(MODELS, "cpu", () => {});
  const controller = new AbortController();
  const cancelled = engine.load(MODEL, { signal: controller.signal });
  const kept = engine.load(MODEL);
  controller.abort();
  await expect(cancelled).rejects.toMatchObject({ code: "cancelled" });
  expect((await kept).id).toBe(MODEL);
  await expect(engine.load("no-such-model")).rejects.toMatchObject({ code: "not-found" });
});

test("a download that its only caller cancelled can be started again at once", async () => {
  const engine = await Engine.create(MODELS, "cpu", () => {});
  const controller = new AbortController();
  const cancelled = engine.load(MODEL, { signal: controller.signal });
  controller.abort();
  const again = engine.load(MODEL);
  await expect(cancelled).rejects.toMatchObject({ code: "cancelled" });
  expect((await again).config.architecture).toBe("gpt2");
});

function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - (b[i] ?? Number.NaN))), 0);
}
