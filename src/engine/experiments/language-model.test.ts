import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { Random } from "../random.ts";
import { LanguageModelExperiment, type LanguageModelMetrics, type LanguageModelSettings } from "./language-model.ts";

const SETTINGS: LanguageModelSettings = {
  text: "鹅鹅鹅，曲项向天歌。白毛浮绿水，红掌拨清波。".repeat(20),
  architecture: "gpt2",
  layers: 1,
  width: 32,
  heads: 2,
  length: 16,
  batch: 4,
  steps: 60,
  optimizer: "adamw",
  learningRate: 0.01,
};

let backend: Backend;
beforeAll(async () => {
  backend = await createCpuBackend();
});
afterAll(() => backend.dispose());

function start(changes: Partial<LanguageModelSettings> = {}, seed = 1): LanguageModelExperiment {
  return new LanguageModelExperiment({ backend, random: new Random(seed) }, { ...SETTINGS, ...changes });
}

async function train(experiment: LanguageModelExperiment): Promise<LanguageModelMetrics[]> {
  const records: LanguageModelMetrics[] = [];
  for await (const record of experiment.run()) records.push(record);
  return records;
}

describe.each(["gpt2", "lstm"] as const)("%s", (architecture) => {
  test("learns a rhyme by heart and goes on with it", async () => {
    const experiment = start({ architecture });
    const records = await train(experiment);
    // At first it knows nothing: every one of the 18 characters is as likely as any other.
    expect(records[0]!.loss).toBeGreaterThan(Math.log(18) * 0.9);
    const last = records.at(-1)!;
    expect(last.step).toBe(60);
    expect(last.validationLoss).toBeLessThan(0.5);
    const question = { prompt: "鹅鹅鹅，", length: 6, temperature: 0, seed: 0 };
    expect(await experiment.ask(question)).toBe("曲项向天歌。");
    experiment.dispose();
  });

  test("the same seed gives the same run, another seed another", async () => {
    const runs = [
      start({ architecture, steps: 3 }),
      start({ architecture, steps: 3 }),
      start({ architecture, steps: 3 }, 2),
    ];
    const [first, again, other] = await Promise.all(runs.map(train));
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    for (const run of runs) run.dispose();
  });
});

test.each(["momentum", "sgd"] as const)("%s learns, too", async (optimizer) => {
  const experiment = start({ optimizer, learningRate: 0.3 });
  const records = await train(experiment);
  expect(records.at(-1)!.loss).toBeLessThan(records[0]!.loss - 0.5);
  experiment.dispose();
});

test.each([1, 4, 60])("each of %i steps moves the weights, the first and the last included", async (steps) => {
  const experiment = start({ steps });
  const rates = (await train(experiment)).map(({ learningRate }) => learningRate);
  expect(rates).toHaveLength(steps);
  expect(Math.min(...rates)).toBeGreaterThan(0);
  expect(Math.max(...rates)).toBe(SETTINGS.learningRate);
  experiment.dispose();
});

test("the first training of all leaves nothing in memory", async () => {
  const fresh = await createCpuBackend();
  const experiment = new LanguageModelExperiment({ backend: fresh, random: new Random(1) }, SETTINGS);
  const records = experiment.run();
  await records.next();
  await records.return();
  experiment.dispose();
  expect({ ...fresh.memory }).toEqual({ bytes: 0, storages: 0 });
  fresh.dispose();
});

test("twenty trainings that were started and stopped leave nothing in memory", async () => {
  const before = { ...backend.memory };
  for (let seed = 0; seed < 20; seed++) {
    const experiment = start({ architecture: seed % 2 ? "gpt2" : "lstm" }, seed);
    const records = experiment.run();
    await records.next();
    await records.next();
    await records.return();
    experiment.dispose();
  }
  expect({ ...backend.memory }).toEqual(before);
});

test("a text that is written lets others have their turn between any two characters", async () => {
  const experiment = start();
  let [turns, answering] = [0, true];
  const other = (): void => {
    turns++;
    if (answering) setImmediate(other);
  };
  setImmediate(other);
  await experiment.ask({ prompt: "鹅", length: 12, temperature: 1, seed: 0 });
  answering = false;
  expect(turns).toBeGreaterThanOrEqual(12);
  experiment.dispose();
});

test("a training that runs away says so, and frees everything", async () => {
  const before = { ...backend.memory };
  const experiment = start({ learningRate: 1000 });
  await expect(train(experiment)).rejects.toThrow(expect.objectContaining({ code: "diverged" }));
  experiment.dispose();
  expect({ ...backend.memory }).toEqual(before);
});

test.each([
  [{ layers: 0 }, "层数是 0"],
  [{ layers: 1.5 }, "层数是 1.5，要是整数"],
  [{ width: Number.NaN }, "宽度是 NaN"],
  [{ width: 1e9 }, "宽度"],
  [{ heads: -2 }, "注意力头数是 -2"],
  [{ length: 0 }, "每段的字数是 0"],
  [{ batch: 0 }, "每步的段数是 0"],
  [{ steps: Number.NaN }, "步数是 NaN"],
  [{ steps: Number.POSITIVE_INFINITY }, "步数"],
  [{ learningRate: -1 }, "学习率是 -1"],
] as const)("%j is refused, for either architecture", (changes, reason) => {
  for (const architecture of ["gpt2", "lstm"] as const) {
    expect(() => start({ ...changes, architecture })).toThrow(
      expect.objectContaining({ code: "bad-input", detail: expect.stringContaining(reason) }),
    );
  }
});

test("what cannot be used is refused, and leaves nothing in memory", async () => {
  const before = { ...backend.memory };
  const refused = (reason: string) =>
    expect.objectContaining({ code: "bad-input", detail: expect.stringContaining(reason) });
  expect(() => start({ text: "" })).toThrow(refused("文字有 0 个字，至少要 161 个"));
  expect(() => start({ text: "短".repeat(160) })).toThrow(refused("160"));
  expect(() => start({ heads: 5 })).toThrow(refused("不能被注意力头数 5 整除"));
  const experiment = start({ text: "鹅".repeat(161) });
  const question = { prompt: "鹅", length: 5, temperature: 1, seed: 0 };
  await expect(experiment.ask({ ...question, prompt: "" })).rejects.toThrow(refused("至少要有一个词元"));
  await expect(experiment.ask({ ...question, prompt: "🦢" })).rejects.toThrow(refused("没有「🦢」"));
  await expect(experiment.ask({ ...question, temperature: Number.NaN })).rejects.toThrow(refused("温度"));
  await expect(experiment.ask({ ...question, length: 1e9 })).rejects.toThrow(refused("要写的字数"));
  experiment.dispose();
  expect({ ...backend.memory }).toEqual(before);
});
