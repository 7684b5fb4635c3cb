import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Backend } from "./backends/backend.ts";
import { createCpuBackend } from "./backends/cpu/cpu.ts";
import { sample } from "./decoding/sample.ts";
import { DEFAULT_SETTINGS } from "./decoding/settings.ts";
import { LanguageModelExperiment, type LanguageModelSettings } from "./experiments/language-model.ts";
import { type NodeGpt2, openModel } from "./node.ts";
import { Random } from "./random.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** What may be left of 1,000 generations or 20 trainings: statistics and compiled code of the JavaScript engine, not one logits array. */
const ALLOWANCE = 1_000_000;

let model: NodeGpt2;
let backend: Backend;
beforeAll(async () => {
  const opened = await openModel("public/models/gpt-poem");
  if (opened.architecture !== "gpt2") throw new Error("gpt-poem is a GPT-2");
  model = opened;
  backend = await createCpuBackend();
});
afterAll(() => {
  model.dispose();
  backend.dispose();
});

/** Bytes of JavaScript objects, and of array buffers, WebAssembly's memory among them. */
function heap(): { objects: number; buffers: number } {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return { objects: heapUsed, buffers: external };
}

async function expectSteady(repeat: () => Promise<void>): Promise<void> {
  // The first round fills caches and grows the arena to what it needs.
  await repeat();
  const before = heap();
  await repeat();
  const after = heap();
  expect(after.objects - before.objects).toBeLessThan(ALLOWANCE);
  expect(after.buffers - before.buffers).toBeLessThan(ALLOWANCE);
}

test("a thousand generations leave the heap where it was", async () => {
  const { ids } = model.tokenizer.encode("[五绝][诗]");
  await expectSteady(async () => {
    for (let i = 0; i < 500; i++) {
      const tree = model.tree();
      for await (const _ of sample(tree, ids, { ...DEFAULT_SETTINGS, maxNewTokens: 1 }));
      tree.dispose();
    }
  });
});

test("twenty trainings that were started and stopped leave the heap where it was", async () => {
  const settings: LanguageModelSettings = {
    text: "鹅鹅鹅，曲项向天歌。白毛浮绿水，红掌拨清波。".repeat(20),
    architecture: "gpt2",
    layers: 2,
    width: 64,
    heads: 2,
    length: 16,
    batch: 4,
    steps: 10,
    optimizer: "adamw",
    learningRate: 0.01,
  };
  await expectSteady(async () => {
    for (let seed = 0; seed < 10; seed++) {
      const experiment = new LanguageModelExperiment({ backend, random: new Random(seed) }, settings);
      const records = experiment.run();
      await records.next();
      await records.return();
      experiment.dispose();
    }
  });
});
