import { afterEach, expect, test, vi } from "vitest";
import { sample } from "./decoding/sample.ts";
import { DEFAULT_SETTINGS } from "./decoding/settings.ts";
import { Engine } from "./engine.ts";
import { asFiles } from "./testing/folders.ts";
import { loadFixture } from "./testing/load.ts";
import { TRAINING } from "./testing/small-training.ts";

/** A GPT-2 of one block, eight wide. */
const FOLDER = "src/engine/testdata/folders/gpt2";
const FILES = ["config.json", "tokenizer.json", "model.safetensors"];

/** Of several lengths, as buffers come in several sizes; the first text has a token that the model reads again. */
const TEXTS = [1, 5, 12, 30].map((length, i) => ({
  prompt: Array.from({ length }, (_, token) => 5 + token),
  settings: { ...DEFAULT_SETTINGS, maxNewTokens: i === 0 ? 2 : 1 },
}));

afterEach(() => {
  vi.restoreAllMocks();
});

/** Buffers that were created from now on and are not destroyed, in use or in a pool: what the GPU really holds, whoever forgot it. */
function watchBuffers(): ReadonlySet<GPUBuffer> {
  const live = new Set<GPUBuffer>();
  const { createBuffer } = GPUDevice.prototype;
  vi.spyOn(GPUDevice.prototype, "createBuffer").mockImplementation(function (this: GPUDevice, descriptor) {
    const buffer = createBuffer.call(this, descriptor);
    live.add(buffer);
    return buffer;
  });
  const { destroy } = GPUBuffer.prototype;
  vi.spyOn(GPUBuffer.prototype, "destroy").mockImplementation(function (this: GPUBuffer) {
    live.delete(this);
    return destroy.call(this);
  });
  return live;
}

test("a thousand generate calls and twenty trainings leave as many buffers on the GPU as there were", async () => {
  const live = watchBuffers();
  const engine = await Engine.create(new URL("/models/", location.href), "webgpu", () => {});
  const files = await Promise.all(
    FILES.map(async (name) => [name, new Uint8Array(await loadFixture(`${FOLDER}/${name}`))] as const),
  );
  const { id } = await engine.load({ files: asFiles(Object.fromEntries(files)) });

  const generate = async (call: number): Promise<void> => {
    const { prompt, settings } = TEXTS[call % TEXTS.length]!;
    const tree = await engine.tree(id);
    for await (const _ of sample(tree, prompt, settings));
    tree.dispose();
  };
  const train = async (seed: number): Promise<void> => {
    const experiment = await engine.experiment("language-model", TRAINING, seed);
    const records = experiment.run();
    for (let step = 0; step < 2; step++) expect((await records.next()).done).toBe(false);
    await records.return();
    experiment.dispose();
  };
  const held = () => {
    const bytes = [...live].reduce((sum, { size }) => sum + size, 0);
    return { buffers: live.size, bytes, inUse: engine.memory };
  };

  for (const call of TEXTS.keys()) await generate(call);
  await train(0);
  const before = held();
  expect(before.inUse.storages).toBeGreaterThan(0);
  // Those in use, those that wait to be used again, and those of the recorder and of reading.
  expect(before.buffers).toBeGreaterThan(before.inUse.storages);

  for (let call = 0; call < 1000; call++) await generate(call);
  for (let seed = 1; seed <= 20; seed++) await train(seed);
  expect(held()).toEqual(before);
});
