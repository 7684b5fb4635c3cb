import { afterAll, beforeAll, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { Random } from "../random.ts";
import { WordVectorsExperiment, type WordVectorsMetrics, type WordVectorsSettings } from "./word-vectors.ts";

/** Words of one kind are never neighbours; they have the same neighbours. */
const KINDS = [
  { words: [..."猫狗兔马羊"], near: [..."跑叫睡"] },
  { words: [..."梨桃杏枣瓜"], near: [..."甜熟脆"] },
  { words: [..."红黄蓝绿紫"], near: [..."深浅亮"] },
  { words: [..."手脚眼耳鼻"], near: [..."洗伸痛"] },
];

function sentences(count: number): string[][] {
  const random = new Random(7);
  const one = <T>(items: readonly T[]): T => items[Math.floor(random.uniform() * items.length)]!;
  return Array.from({ length: count }, () => {
    const { words, near } = one(KINDS);
    return [one(near), one(words), one(near)];
  });
}

const SETTINGS: WordVectorsSettings = {
  sentences: sentences(400),
  width: 16,
  window: 1,
  negatives: 5,
  batch: 64,
  steps: 300,
  learningRate: 0.02,
};

let backend: Backend;
beforeAll(async () => {
  backend = await createCpuBackend();
});
afterAll(() => backend.dispose());

function start(changes: Partial<WordVectorsSettings> = {}, seed = 1): WordVectorsExperiment {
  return new WordVectorsExperiment({ backend, random: new Random(seed) }, { ...SETTINGS, ...changes });
}

async function train(experiment: WordVectorsExperiment): Promise<WordVectorsMetrics[]> {
  const records: WordVectorsMetrics[] = [];
  for await (const record of experiment.run()) records.push(record);
  return records;
}

async function neighbours(experiment: WordVectorsExperiment, token: string, count: number) {
  const answer = await experiment.ask({ kind: "neighbours", token, count });
  if (answer.kind !== "neighbours") throw new Error(answer.kind);
  return answer.neighbours;
}

async function vectors(experiment: WordVectorsExperiment) {
  const answer = await experiment.ask({ kind: "vectors" });
  if (answer.kind !== "vectors") throw new Error(answer.kind);
  return answer;
}

test("words that share their neighbours become each other's nearest", async () => {
  const experiment = start();
  const records = await train(experiment);
  expect(records).toHaveLength(300);
  // At first every score is 0: ln 2 for the pair and for each of the five drawn.
  expect(records[0]!.loss).toBeCloseTo(6 * Math.LN2, 4);
  expect(records.at(-1)!.loss).toBeLessThan(records[0]!.loss * 0.75);
  expect(records[0]!.learningRate).toBe(SETTINGS.learningRate);
  expect(records.at(-1)!.learningRate).toBeGreaterThan(0);
  for (const { words } of KINDS) {
    for (const word of words) {
      const four = await neighbours(experiment, word, 4);
      // By chance 4 in 31 are.
      expect(four.filter(({ token }) => words.includes(token)).length, word).toBeGreaterThanOrEqual(3);
    }
  }
  experiment.dispose();
});

test("neighbours are sorted by the cosine between the vectors", async () => {
  const experiment = start({ steps: 5 });
  await train(experiment);
  const { vocabulary, width, vectors: all } = await vectors(experiment);
  expect(vocabulary).toEqual([...new Set(SETTINGS.sentences.flat())].sort());
  expect([width, all.length]).toEqual([16, vocabulary.length * 16]);
  const vector = (token: string) => all.subarray(vocabulary.indexOf(token) * width).subarray(0, width);
  const product = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  const cat = vector("猫");
  const found = await neighbours(experiment, "猫", 1000);
  expect(found).toHaveLength(vocabulary.length - 1);
  expect(found.map(({ token }) => token)).not.toContain("猫");
  for (const [i, { token, similarity }] of found.entries()) {
    const other = vector(token);
    expect(similarity).toBeCloseTo(product(cat, other) / Math.sqrt(product(cat, cat) * product(other, other)), 5);
    expect(similarity).toBeLessThanOrEqual(found[i - 1]?.similarity ?? 1);
  }
  experiment.dispose();
});

test("vectors are those of now: each step moves them", async () => {
  const experiment = start();
  const records = experiment.run();
  const before = await vectors(experiment);
  await records.next();
  await records.next();
  expect((await vectors(experiment)).vectors).not.toEqual(before.vectors);
  await records.return();
  experiment.dispose();
});

test("no token is a neighbour of one in another sentence", async () => {
  // Tokens that stand alone are in no pair: their vectors stay as they are.
  const experiment = start({ sentences: [["甲", "乙"], ["丙"], ["丁"]], steps: 20 });
  const before = await vectors(experiment);
  await train(experiment);
  const after = await vectors(experiment);
  const moved = after.vocabulary.filter((_, i) => {
    const rows = [before, after].map(({ vectors: all }) => all.slice(i * 16, (i + 1) * 16).join());
    return rows[0] !== rows[1];
  });
  expect(moved.sort()).toEqual(["乙", "甲"].sort());
  experiment.dispose();
});

test("the same seed gives the same run, another seed another", async () => {
  const runs = [1, 1, 2].map((seed) => start({ steps: 5 }, seed));
  const results = [];
  for (const run of runs) results.push({ records: await train(run), vectors: (await vectors(run)).vectors });
  expect(results[1]).toEqual(results[0]);
  expect(results[2]!.vectors).not.toEqual(results[0]!.vectors);
  for (const run of runs) run.dispose();
});

test("twenty trainings that were started and stopped leave nothing in memory", async () => {
  const before = { ...backend.memory };
  for (let seed = 0; seed < 20; seed++) {
    const experiment = start({}, seed);
    const records = experiment.run();
    await records.next();
    await neighbours(experiment, "猫", 3);
    await records.next();
    await records.return();
    experiment.dispose();
  }
  expect({ ...backend.memory }).toEqual(before);
});

const refused = (reason: string) =>
  expect.objectContaining({ code: "bad-input", detail: expect.stringContaining(reason) });

test.each<[Partial<WordVectorsSettings>, string]>([
  [{ width: 0 }, "宽度是 0"],
  [{ window: 1.5 }, "窗口是 1.5"],
  [{ negatives: -1 }, "负样本数是 -1"],
  [{ batch: Number.NaN }, "每步的对数是 NaN"],
  [{ steps: 0 }, "步数是 0"],
  [{ learningRate: Number.NaN }, "学习率是 NaN"],
  [{ sentences: [] }, "至少一句要有两个词元"],
  [{ sentences: [["甲"], ["乙"]] }, "至少一句要有两个词元"],
  [{ sentences: [["甲", "甲", "甲"]] }, "有 1 种词元"],
  [{ sentences: [["甲", ""]] }, "有一个词元是空的"],
  [{ sentences: [Array.from({ length: 20_001 }, (_, i) => `${i}`)] }, "有 20001 种词元"],
  [{ sentences: [new Array<string>(200_001).fill("甲")] }, "有 200001 个词元"],
])("settings that cannot be used are refused, case %#", (changes, reason) => {
  const before = { ...backend.memory };
  expect(() => start(changes)).toThrow(refused(reason));
  expect({ ...backend.memory }).toEqual(before);
});

test.each([
  ["龙", 3, "没有「龙」"],
  ["", 3, "没有「」"],
  ["猫", 0, "要找的个数是 0"],
  ["猫", Number.NaN, "要找的个数是 NaN"],
])("the question for neighbours of %j, %d of them, is refused", async (token, count, reason) => {
  const experiment = start({ width: 4 });
  await expect(neighbours(experiment, token, count)).rejects.toThrow(refused(reason));
  experiment.dispose();
});
