import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { Random } from "../random.ts";
import { tinyReader } from "../testing/tiny-models.ts";
import {
  REWARD_MODEL_DEFAULTS,
  RewardModelExperiment,
  type RewardModelMetrics,
  type RewardModelSettings,
} from "./reward-model.ts";

let backend: Backend;
beforeAll(async () => {
  backend = await createCpuBackend();
});
const started: RewardModelExperiment[] = [];
afterEach(() => {
  for (const experiment of started.splice(0)) experiment.dispose();
  expect(backend.memory.storages).toBe(0);
});
afterAll(() => backend.dispose());

function start(rankings: RewardModelSettings["rankings"], changes: Partial<RewardModelSettings> = {}) {
  const reader = tinyReader(backend);
  try {
    const settings = { ...REWARD_MODEL_DEFAULTS, steps: 60, rankings, ...changes };
    const experiment = new RewardModelExperiment({ backend, random: new Random(1) }, reader, settings);
    started.push(experiment);
    return experiment;
  } catch (error) {
    reader.dispose();
    throw error;
  }
}

async function train(experiment: RewardModelExperiment): Promise<RewardModelMetrics[]> {
  const records: RewardModelMetrics[] = [];
  for await (const record of experiment.run()) records.push(record);
  return records;
}

async function scores(experiment: RewardModelExperiment, texts: readonly string[]): Promise<readonly number[]> {
  const answer = await experiment.ask({ kind: "score", texts });
  return answer.kind === "score" ? answer.scores : [];
}

/** Texts of six random characters, with so many 好 among them; rankings of three put more of them first. */
function tastes(rankings: number): string[][] {
  const random = new Random(7);
  const text = (good: number) =>
    Array.from({ length: 6 }, (_, i) =>
      i < good ? "好" : [..."大小快慢新旧冷热"][Math.floor(8 * random.uniform())]!,
    ).join("");
  return Array.from({ length: rankings }, () => [text(4), text(2), text(0)]);
}

const refused = (reason: string) =>
  expect.objectContaining({ code: "bad-input", detail: expect.stringContaining(reason) });

describe("a reward model", () => {
  test("learns a taste from rankings, and has it for texts that it has never seen", async () => {
    const experiment = start(tastes(24));
    const records = await train(experiment);
    const [first, last] = [records[0]!, records.at(-1)!];
    expect(records.map(({ step }) => step)).toEqual(Array.from({ length: 61 }, (_, step) => step));
    expect(first).toMatchObject({
      accuracy: 0.5,
      heldOutAccuracy: 0.5,
      pairs: 54,
      heldOutPairs: 18,
      contradictions: 0,
    });
    expect(first.loss).toBeCloseTo(Math.LN2, 6);
    expect(last.loss).toBeLessThan(0.5 * Math.LN2);
    expect(last.accuracy!).toBeGreaterThan(0.95);
    expect(last.heldOutAccuracy!).toBeGreaterThan(0.85);
    const [many, some, none] = await scores(experiment, ["好好好好大小", "好好冷热大小", "新旧冷热大小"]);
    expect(many!).toBeGreaterThan(some!);
    expect(some!).toBeGreaterThan(none!);
  });

  test("takes no step with a learning rate of 0", async () => {
    const experiment = start(tastes(8), { learningRate: 0, steps: 5 });
    const records = await train(experiment);
    expect(records).toHaveLength(6);
    for (const { loss, heldOutLoss, accuracy } of records) {
      expect(loss).toBeCloseTo(Math.LN2, 6);
      expect(heldOutLoss).toBeCloseTo(Math.LN2, 6);
      expect(accuracy).toBe(0.5);
    }
    expect(await scores(experiment, ["好好好好大小", "新旧冷热大小"])).toEqual([0, 0]);
  });

  test("the head that it gives is what it says of texts, and on its own texts 0 in the mean", async () => {
    const rankings = tastes(10);
    const experiment = start(rankings);
    await train(experiment);
    const answer = await experiment.ask({ kind: "head" });
    if (answer.kind !== "head") throw new Error(answer.kind);
    expect(answer.head.weights).toHaveLength(16);
    const all = await scores(experiment, [...new Set(rankings.flat())]);
    expect(all.reduce((sum, score) => sum + score, 0) / all.length).toBeCloseTo(0, 3);
  });

  test("rankings that contradict themselves leave it undecided, and break nothing", async () => {
    const [a, b, c] = ["好大", "坏小", "新快"];
    const experiment = start(
      [
        [a, b],
        [b, a],
        [a, b, c],
        [c, b, a],
      ],
      { heldOut: 0 },
    );
    const records = await train(experiment);
    expect(records[0]!.contradictions).toBe(8);
    for (const record of records) {
      for (const value of Object.values(record)) expect(value === null || Number.isFinite(value)).toBe(true);
      expect(record.loss).toBeCloseTo(Math.LN2, 4);
    }
    for (const score of await scores(experiment, [a, b, c])) expect(Math.abs(score)).toBeLessThan(0.05);
  });

  test("a circle of preferences is learned as far as it can be", async () => {
    const experiment = start(
      [
        ["好大", "坏小"],
        ["坏小", "新快"],
        ["新快", "好大"],
      ],
      { heldOut: 0 },
    );
    const { loss, accuracy } = (await train(experiment)).at(-1)!;
    expect(loss).toBeGreaterThan(0.69);
    expect(accuracy).toBeLessThan(1);
  });

  test("one pair is enough; nothing can be held out then", async () => {
    const experiment = start([["好", "坏"]]);
    expect((await train(experiment)).at(-1)).toMatchObject({ accuracy: 1, heldOutLoss: null, heldOutAccuracy: null });
  });

  test("a learning rate of 10 ends with a sentence or with finite numbers", async () => {
    const records: RewardModelMetrics[] = [];
    let code = "";
    try {
      for await (const record of start(tastes(6), { learningRate: 10 }).run()) records.push(record);
    } catch (error) {
      code = (error as { code: string }).code;
    }
    expect(["", "diverged"]).toContain(code);
    for (const record of records) expect(Object.values(record).some(Number.isNaN)).toBe(false);
  });

  test("empty texts, emoji and texts that are too long are read", async () => {
    const experiment = start([["", "👍🏽", "好".repeat(600)]], { heldOut: 0 });
    expect((await train(experiment)).at(-1)!.accuracy).toBe(1);
  });

  test.each([
    [[], {}, "排序有 0 个"],
    [[["好"]], {}, "没有一对"],
    [[["好", "好"]], {}, "没有一对"],
    [[["好", "坏"]], { learningRate: Number.NaN }, "学习率"],
    [[["好", "坏"]], { heldOut: 1 }, "留出"],
  ])("%j with %j is refused", (rankings, changes, reason) => {
    expect(() => start(rankings, changes)).toThrow(refused(reason));
  });

  test("before its first record it has nothing to say", async () => {
    await expect(start(tastes(2)).ask({ kind: "head" })).rejects.toThrow(refused("还没有读过"));
  });
});
