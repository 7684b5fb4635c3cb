import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { Random } from "../random.ts";
import { shareOf, tinyWriter } from "../testing/tiny-models.ts";
import { RlhfExperiment } from "./rlhf.ts";
import type { RlhfAnswer, RlhfMetrics, RlhfQuestion } from "./rlhf-records.ts";
import type { Judge } from "./rlhf-rewards.ts";
import { RLHF_DEFAULTS, type RlhfSettings } from "./rlhf-settings.ts";

const PROMPTS = [
  { category: "酒店", opening: "房间" },
  { category: "外卖", opening: "" },
];
const SMALL: RlhfSettings = {
  ...RLHF_DEFAULTS,
  prompts: PROMPTS,
  iterations: 3,
  batch: 6,
  minibatch: 4,
  length: 8,
  learningRate: 3e-3,
};
/** Six of 35 characters. */
const WANTED = shareOf("好大高快新热");

let backend: Backend;
beforeAll(async () => {
  backend = await createCpuBackend();
});
const started: RlhfExperiment[] = [];
afterEach(() => {
  for (const experiment of started.splice(0)) experiment.dispose();
  expect(backend.memory.storages).toBe(0);
});
afterAll(() => backend.dispose());

function start(changes: Partial<RlhfSettings> = {}, judge: Judge | null = WANTED, seed = 1): RlhfExperiment {
  const settings = { ...SMALL, ...changes };
  const parts = tinyWriter(backend, judge, { seed, blocks: settings.blocks });
  const experiment = new RlhfExperiment({ backend, random: new Random(seed) }, parts, settings);
  started.push(experiment);
  return experiment;
}

async function train(experiment: RlhfExperiment): Promise<RlhfMetrics[]> {
  const records: RlhfMetrics[] = [];
  for await (const record of experiment.run()) records.push(record);
  return records;
}

async function ask<Kind extends RlhfQuestion["kind"]>(
  experiment: RlhfExperiment,
  question: Extract<RlhfQuestion, { kind: Kind }>,
): Promise<Extract<RlhfAnswer, { kind: Kind }>> {
  const answer = await experiment.ask(question);
  if (answer.kind !== question.kind) throw new Error(`${answer.kind} answers ${question.kind}`);
  return answer as Extract<RlhfAnswer, { kind: Kind }>;
}

const refused = (reason: string) =>
  expect.objectContaining({ code: "bad-input", detail: expect.stringContaining(reason) });

/** Reward of 64 reviews: chance gives ± 0.02. */
const show = (who: "policy" | "reference") => ({ kind: "write", who, prompts: PROMPTS, reviews: 64, seed: 9 }) as const;

describe("a training", () => {
  test.each([1, 2, 3])("writes what is rewarded, far more often than chance does (seed %i)", async (seed) => {
    const experiment = start({ iterations: 15, batch: 16, minibatch: 8, length: 12, klWeight: 0.02 }, WANTED, seed);
    const before = await ask(experiment, show("reference"));
    const records = await train(experiment);
    const after = await ask(experiment, show("policy"));
    expect(before.reward!).toBeLessThan(0.3);
    expect(after.reward!).toBeGreaterThan(before.reward! + 0.15);
    expect(after.kl).toBeGreaterThan(0.5);
    expect(records.at(-1)!.reward!).toBeGreaterThan(records[0]!.reward! + 0.1);
  });

  test("the leash holds the policy near its reference", async () => {
    const long = { iterations: 12, batch: 12, minibatch: 6, length: 12 };
    const [free, held] = [start({ ...long, klWeight: 0 }), start({ ...long, klWeight: 0.5 })];
    const [freed, leashed] = [await train(free), await train(held)];
    expect(leashed.at(-1)!.kl).toBeLessThan(freed.at(-1)!.kl / 2);
  });

  test("only the upper blocks are trained where that is set, and they learn", async () => {
    const experiment = start({ blocks: 1, iterations: 15, batch: 16, minibatch: 8, length: 12, klWeight: 0.02 });
    const before = await ask(experiment, show("policy"));
    await train(experiment);
    expect((await ask(experiment, show("policy"))).reward!).toBeGreaterThan(before.reward! + 0.1);
  });

  test("measures finite numbers, and begins where the reference is", async () => {
    const experiment = start();
    const records = await train(experiment);
    expect(records.map(({ iteration }) => iteration)).toEqual([1, 2, 3]);
    for (const record of records) {
      for (const value of Object.values(record)) expect(value === null || Number.isFinite(value)).toBe(true);
    }
    expect(Math.abs(records[0]!.kl)).toBeLessThan(1e-3);
    expect(records[0]!.entropy).toBeGreaterThan(2);
  });

  test("the same seed gives the same run, another seed another", async () => {
    const runs = [start(), start(), start({}, WANTED, 2)];
    const [first, again, other] = await Promise.all(
      runs.map(async (run) => (await train(run)).map(({ seconds: _, ...record }) => record)),
    );
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  test("a learning rate of 0 changes nothing", async () => {
    const experiment = start({ learningRate: 0 });
    for (const { updateKl, clipFraction, kl } of await train(experiment)) {
      expect([updateKl! < 1e-6, clipFraction, Math.abs(kl) < 1e-3]).toEqual([true, 0, true]);
    }
  });

  test("a learning rate of 10 ends with a sentence or with finite numbers, never with NaN on a plot", async () => {
    const experiment = start({ learningRate: 10, maxGradientNorm: 100, clipRange: 10, targetKl: 0, iterations: 6 });
    const records: RlhfMetrics[] = [];
    let code = "";
    try {
      for await (const record of experiment.run()) records.push(record);
    } catch (error) {
      code = (error as { code: string }).code;
    }
    expect(["", "diverged"]).toContain(code);
    for (const record of records) expect(Object.values(record).some(Number.isNaN)).toBe(false);
  });

  test.each<[string, Partial<RlhfSettings>]>([
    ["one review at a time", { batch: 1 }],
    ["reviews of one token", { length: 1 }],
    ["a minibatch larger than the batch", { minibatch: 64 }],
    ["no leash, no λ, no discounted future", { klWeight: 0, lambda: 0, discount: 0 }],
    ["more blocks than there are", { blocks: 48 }],
  ])("%s: goes through", async (_name, changes) => {
    const experiment = start(changes);
    expect(await train(experiment)).toHaveLength(3);
  });

  test("a round ends early where the policy has moved far enough", async () => {
    const experiment = start({ epochs: 20, learningRate: 0.01, targetKl: 0.005 });
    expect((await train(experiment)).some(({ epochs }) => epochs < 20)).toBe(true);
  });

  test("a reward that is no number ends the run with a sentence that says which", async () => {
    const judge = {
      judge: async (texts: readonly string[]) => texts.map((_, i) => (i === 1 ? Number.NaN : 1)),
      dispose() {},
    };
    const experiment = start({}, judge);
    await expect(train(experiment)).rejects.toThrow(refused("第 2 条评论的奖励是 NaN"));
  });

  test("where all are judged alike nothing is learned, and the record says so", async () => {
    const experiment = start({}, { judge: async (texts) => texts.map(() => 0.7), dispose() {} });
    for (const record of await train(experiment)) {
      expect(record).toMatchObject({ rewardDeviation: 0, epochs: 0, updateKl: null, policyLoss: null });
      expect(Math.abs(record.kl)).toBeLessThan(1e-3);
    }
  });

  test("twenty that were started and stopped leave nothing in memory", async () => {
    for (let seed = 0; seed < 20; seed++) {
      const experiment = start({}, WANTED, seed);
      const records = experiment.run();
      await records.next();
      await records.return();
      experiment.dispose();
      started.pop();
    }
  });
});

describe("questions", () => {
  test("what the policy would write: at first the same as its reference, then something else; asking changes nothing of the run", async () => {
    const [asked, quiet] = [start(), start()];
    const before = await ask(asked, show("policy"));
    expect(before.reviews).toHaveLength(64);
    expect(before.reviews.map(({ text }) => text)).toEqual(
      (await ask(asked, show("reference"))).reviews.map(({ text }) => text),
    );
    for (const { text, opening, kl, reward } of before.reviews) {
      expect(text.startsWith(opening)).toBe(true);
      expect(Math.abs(kl)).toBeLessThan(1e-3);
      expect(reward).toBeCloseTo((await WANTED.judge([text]))[0]!, 9);
    }
    const timeless = ({ seconds: _, ...record }: RlhfMetrics) => record;
    expect((await train(asked)).map(timeless)).toEqual((await train(quiet)).map(timeless));
    expect((await ask(asked, show("policy"))).reviews).not.toEqual(before.reviews);
    expect((await ask(asked, show("reference"))).reviews.map(({ text }) => text)).toEqual(
      before.reviews.map(({ text }) => text),
    );
  });

  test("the last round, token by token, adds up to what its record says", async () => {
    const experiment = start({ klWeight: 0.3 });
    expect((await ask(experiment, { kind: "round" })).reviews).toEqual([]);
    const records = await train(experiment);
    const { reviews } = await ask(experiment, { kind: "round" });
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(reviews.map(({ reward }) => reward!))).toBeCloseTo(records.at(-1)!.reward!, 6);
    expect(mean(reviews.map(({ kl }) => kl))).toBeCloseTo(records.at(-1)!.kl, 6);
    for (const { rewards, reward, kl, tokens, values, advantages } of reviews) {
      expect([rewards, values, advantages].map(({ length }) => length)).toEqual(
        tokens.map(() => tokens.length).slice(0, 3),
      );
      expect(rewards.reduce((sum, value) => sum + value, 0)).toBeCloseTo(reward! - 0.3 * kl, 4);
    }
  });

  test("a text of the reader's own gets its reward", async () => {
    const experiment = start();
    const { rewards } = await ask(experiment, { kind: "judge", texts: ["好好坏坏", ""] });
    expect(rewards).toEqual([0.5, 0]);
  });

  test("stars: what was written is rated, and the next step learns from it", async () => {
    const experiment = start({}, null);
    const records = experiment.run();
    const { reviews } = await ask(experiment, { kind: "draft" });
    expect(reviews).toHaveLength(6);
    expect(reviews.every(({ reward }) => reward === null)).toBe(true);
    expect((await ask(experiment, { kind: "draft" })).reviews).toEqual(reviews);
    await ask(experiment, { kind: "rate", stars: [5, 1, null, 3, 4, 2] });
    const { value } = await records.next();
    expect(value).toMatchObject({ reward: 0.5, epochs: 2 });
    const { reviews: learned } = await ask(experiment, { kind: "round" });
    expect(learned.map(({ reward }) => reward)).toEqual([1, 0, 0.5, 0.75, 0.25]);
    expect((await ask(experiment, { kind: "draft" })).reviews).not.toEqual(reviews);
    await ask(experiment, { kind: "rate", stars: [3, 3, 3, 3, 3, 3] });
    expect((await records.next()).value).toMatchObject({ rewardDeviation: 0, epochs: 0 });
    await expect(records.next()).rejects.toThrow(refused("还没有打分"));
  });

  test("what cannot be answered is refused", async () => {
    const [judged, rated] = [start(), start({}, null)];
    await expect(judged.ask({ kind: "draft" })).rejects.toThrow(refused("不由读者打分"));
    await expect(judged.ask({ ...show("policy"), reviews: 0 })).rejects.toThrow(refused("条数"));
    await expect(judged.ask({ ...show("policy"), prompts: [] })).rejects.toThrow(refused("开头有 0 个"));
    await expect(rated.ask({ kind: "judge", texts: ["好"] })).rejects.toThrow(refused("读者打分"));
    await expect(rated.ask({ kind: "rate", stars: [1] })).rejects.toThrow(refused("还没有写出"));
    await rated.ask({ kind: "draft" });
    for (const [stars, reason] of [
      [[1, 2], "打了 2 个分"],
      [[1, 2, 3, 4, 5, 6], "6 颗星"],
      [[1, 2, 3, 4, 5, Number.NaN], "NaN 颗星"],
      [[null, null, null, null, null, null], "至少要给一条"],
    ] as const) {
      await expect(rated.ask({ kind: "rate", stars })).rejects.toThrow(refused(reason));
    }
  });
});

test.each<[Partial<RlhfSettings>, string]>([
  [{ learningRate: Number.NaN }, "学习率是 NaN"],
  [{ klWeight: -1 }, "KL 权重"],
  [{ batch: 0 }, "每轮的评论"],
  [{ temperature: 0 }, "温度"],
  [{ prompts: [] }, "开头有 0 个"],
  [{ prompts: [{ category: "酒店", opening: "[END]" }] }, "特殊词元"],
  [{ prompts: [{ category: "酒店", opening: "好".repeat(40) }] }, "模型最多读 40 个"],
])("%j is refused", (changes, reason) => {
  const parts = tinyWriter(backend, WANTED);
  const laboratory = { backend, random: new Random(1) };
  expect(() => new RlhfExperiment(laboratory, parts, { ...SMALL, ...changes })).toThrow(refused(reason));
  parts.policy.dispose();
  parts.reference.dispose();
});

test("emoji and characters that the vocabulary does not have can be an opening", async () => {
  const experiment = start({ prompts: [{ category: "🏨", opening: "👍🏽龘" }] });
  expect(await train(experiment)).toHaveLength(3);
});
