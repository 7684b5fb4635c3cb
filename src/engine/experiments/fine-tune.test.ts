import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { TINY_TASK, tinyLaboratory } from "../testing/tiny-bert-task.ts";
import { FineTuneExperiment, type FineTuneMetrics } from "./fine-tune.ts";
import type { FineTuneSettings } from "./fine-tune-settings.ts";

let backend: Backend;
beforeAll(async () => {
  backend = await createCpuBackend();
});
afterAll(() => backend.dispose());

const start = (changes: Partial<FineTuneSettings> = {}, seed = 1): Promise<FineTuneExperiment> =>
  FineTuneExperiment.open(tinyLaboratory(backend, seed), { ...TINY_TASK, ...changes });

async function train(experiment: FineTuneExperiment): Promise<FineTuneMetrics[]> {
  const records: FineTuneMetrics[] = [];
  for await (const record of experiment.run()) records.push(record);
  return records;
}

const refused = (reason: string) =>
  expect.objectContaining({ code: "bad-input", detail: expect.stringContaining(reason) });

describe("a fine-tuning", () => {
  test.each([
    ["a block and the head over the mean", {}],
    ["a block and the head over [CLS]", { pooling: "cls" }],
    ["the head alone", { blocks: 0, learningRate: 0.2, epochs: 30 }],
    ["more blocks than there are", { blocks: 6 }],
  ] as const)("of %s learns its task", async (_name, changes) => {
    const experiment = await start(changes);
    const records = await train(experiment);
    const last = records.at(-1)!;
    expect(records[0]!.trainingLoss).toBeGreaterThan(0.3);
    expect(last.trainingAccuracy).toBe(1);
    expect(last.trainingLoss).toBeLessThan(records[0]!.trainingLoss! / 2);
    experiment.dispose();
  });

  test("measures before the first step and after every epoch", async () => {
    const experiment = await start({ epochs: 2, batch: 3 });
    const records = await train(experiment);
    expect(records.map(({ step, epoch }) => [step, epoch])).toEqual([
      [0, 0],
      [1, 1 / 3],
      [2, 2 / 3],
      [3, 1],
      [4, 4 / 3],
      [5, 5 / 3],
      [6, 2],
    ]);
    expect(records.map(({ validationLoss }) => validationLoss !== null)).toEqual([1, 0, 0, 1, 0, 0, 1].map(Boolean));
    expect(records.map(({ loss }) => loss !== null)).toEqual([0, 1, 1, 1, 1, 1, 1].map(Boolean));
    // Every step learns, the last one included.
    const rates = records.slice(1).map(({ learningRate }) => learningRate!);
    expect(Math.max(...rates)).toBe(TINY_TASK.learningRate);
    expect(Math.min(...rates)).toBeGreaterThan(0);
    experiment.dispose();
  });

  test("the same seed gives the same run, another seed another", async () => {
    const runs = await Promise.all([start(), start(), start({}, 2)]);
    const [first, again, other] = await Promise.all(runs.map(train));
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    for (const run of runs) run.dispose();
  });

  test("a learning rate of 0 changes nothing", async () => {
    const experiment = await start({ learningRate: 0, epochs: 2 });
    const records = await train(experiment);
    expect(records.at(-1)!.validationLoss).toBe(records[0]!.validationLoss);
    const [verdict] = await experiment.ask({ texts: ["春晓"] });
    for (const [i, p] of verdict!.before.entries()) expect(verdict!.after[i]).toBeCloseTo(p, 5);
    experiment.dispose();
  });

  test("a learning rate of 10 ends with a sentence or with finite numbers, never with NaN on a plot", async () => {
    const experiment = await start({ learningRate: 10 });
    const records: FineTuneMetrics[] = [];
    let code = "";
    try {
      for await (const record of experiment.run()) records.push(record);
    } catch (error) {
      code = (error as { code: string }).code;
    }
    expect(["", "diverged"]).toContain(code);
    for (const record of records) {
      for (const value of Object.values(record)) expect(value === null || Number.isFinite(value)).toBe(true);
    }
    experiment.dispose();
  });
});

describe("questions", () => {
  test("are answered by the model before and after, at any time", async () => {
    const experiment = await start();
    const texts = ["春晓花鸟", "夜月江眠"];
    const fresh = await experiment.ask({ texts });
    for (const { before, after } of fresh) {
      for (const [i, p] of before.entries()) expect(after[i]).toBeCloseTo(p, 5);
      expect(before.reduce((sum, p) => sum + p)).toBeCloseTo(1, 5);
    }
    await train(experiment);
    const tuned = await experiment.ask({ texts });
    expect(tuned.map(({ before }) => [...before])).toEqual(fresh.map(({ before }) => [...before]));
    expect(tuned[0]!.after[0]).toBeGreaterThan(0.8);
    expect(tuned[1]!.after[1]).toBeGreaterThan(0.8);
    experiment.dispose();
  });

  test("disturb no training", async () => {
    const [asked, quiet] = [await start(), await start()];
    const records: FineTuneMetrics[] = [];
    for await (const record of asked.run()) {
      records.push(record);
      await asked.ask({ texts: ["花月"] });
    }
    expect(records).toEqual(await train(quiet));
    asked.dispose();
    quiet.dispose();
  });

  test("of a text that is too long its beginning is read, and characters that nobody knows are named", async () => {
    const experiment = await start();
    const long = "春".repeat(600);
    const [cut, short, unknown] = await experiment.ask({ texts: [long, "春".repeat(30), "花龟🌸"] });
    expect([cut!.truncated, short!.truncated, unknown!.truncated]).toEqual([true, false, false]);
    expect(cut!.after).toEqual(short!.after);
    expect(unknown!.unknown).toEqual(["龟", "🌸"]);
    experiment.dispose();
  });

  test.each([[[]], [[""]], [["花", "  "]], [Array.from({ length: 501 }, () => "花")]])(
    "%j is refused",
    async (texts) => {
      const experiment = await start();
      await expect(experiment.ask({ texts })).rejects.toThrow(expect.objectContaining({ code: "bad-input" }));
      experiment.dispose();
    },
  );
});

const some = TINY_TASK.training.slice(0, 1);
test.each<[Partial<FineTuneSettings>, string]>([
  [{ learningRate: Number.NaN }, "学习率是 NaN"],
  [{ learningRate: 11 }, "学习率"],
  [{ epochs: 0 }, "遍数"],
  [{ batch: 2.5 }, "小批是 2.5，要是整数"],
  [{ blocks: -1 }, "训练的层数"],
  [{ classes: ["one"] }, "只有一类"],
  [{ classes: Array.from({ length: 9 }, (_, i) => `${i}`) }, "有 9 类，最多 8 类"],
  [{ training: some }, "「night」一句训练的也没有"],
  [{ validation: [] }, "一句验证的也没有"],
  [{ validation: [{ text: " ", label: 0 }] }, "有一句是空的"],
  [{ validation: [{ text: "花", label: 2 }] }, "不在类别之中"],
  [{ validation: Array.from({ length: 500 }, (_, i) => ({ text: `花${i}`, label: 0 })) }, "最多 500 句"],
])("%j is refused, and leaves nothing in memory", async (changes, reason) => {
  const before = { ...backend.memory };
  await expect(start(changes)).rejects.toThrow(refused(reason));
  expect({ ...backend.memory }).toEqual(before);
});

test("twenty trainings that were started and stopped leave nothing in memory", async () => {
  const before = { ...backend.memory };
  for (let seed = 0; seed < 20; seed++) {
    const experiment = await start({ blocks: seed % 2, pooling: seed % 3 ? "mean" : "cls" }, seed);
    const records = experiment.run();
    await records.next();
    await records.next();
    await experiment.ask({ texts: ["花"] });
    await records.return();
    experiment.dispose();
  }
  expect({ ...backend.memory }).toEqual(before);
});
