import { afterAll, beforeAll, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { Random } from "../random.ts";
import { shareOf, tinyWriter } from "../testing/tiny-models.ts";
import { BestOfNExperiment, type BestOfNMetrics, type BestOfNSettings } from "./best-of-n.ts";

const SETTINGS: BestOfNSettings = {
  prompts: [
    { category: "酒店", opening: "房间" },
    { category: "外卖", opening: "" },
  ],
  length: 8,
  temperature: 1,
  reward: { kind: "sentiment" },
  reviews: 16,
};

let backend: Backend;
beforeAll(async () => {
  backend = await createCpuBackend();
});
afterAll(() => backend.dispose());

function start(judge = shareOf("好大高快新热")): BestOfNExperiment {
  const { policy, reference, tokenizer } = tinyWriter(backend, null);
  policy.dispose();
  return new BestOfNExperiment({ backend, random: new Random(2) }, { model: reference, tokenizer, judge }, SETTINGS);
}

test("choosing pays more the more there is to choose from, and goes further from the model", async () => {
  const experiment = start();
  expect(await experiment.ask({ kind: "curve" })).toEqual({ kind: "curve", points: [] });
  const records: BestOfNMetrics[] = [];
  for await (const record of experiment.run()) records.push(record);
  expect(records.map(({ prompt }) => prompt)).toEqual([1, 2]);
  const curve = await experiment.ask({ kind: "curve" });
  const best = await experiment.ask({ kind: "best" });
  if (curve.kind !== "curve" || best.kind !== "best") throw new Error("other answers");
  expect(curve.points.map(({ n }) => n)).toEqual(Array.from({ length: 16 }, (_, i) => i + 1));
  for (const [i, { reward, kl }] of curve.points.entries()) {
    if (i === 0) continue;
    expect(reward).toBeGreaterThanOrEqual(curve.points[i - 1]!.reward);
    expect(kl).toBeGreaterThan(curve.points[i - 1]!.kl);
  }
  expect(curve.points.at(-1)!.reward).toBeGreaterThan(curve.points[0]!.reward + 0.1);
  expect(records.at(-1)).toMatchObject({ single: curve.points[0]!.reward, best: curve.points.at(-1)!.reward });
  const chosen = best.reviews.map(({ reward }) => reward);
  expect((chosen[0]! + chosen[1]!) / 2).toBeCloseTo(curve.points.at(-1)!.reward, 9);
  experiment.dispose();
  expect(backend.memory.storages).toBe(0);
});

test("a reward that is no number ends it with a sentence", async () => {
  const experiment = start({ judge: async (texts) => texts.map(() => Number.NaN), dispose() {} });
  await expect(experiment.run().next()).rejects.toThrow(expect.objectContaining({ code: "bad-input" }));
  experiment.dispose();
  expect(backend.memory.storages).toBe(0);
});
