import { afterAll, beforeAll, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { tinyLaboratory } from "../testing/tiny-bert-task.ts";
import { PretrainingExperiment } from "./pretraining.ts";
import type { PretrainingSettings } from "./pretraining-settings.ts";

let backend: Backend;
beforeAll(async () => {
  backend = await createCpuBackend();
});
afterAll(() => backend.dispose());

const SETTINGS: PretrainingSettings = {
  ...{ first: "春晓花鸟", second: "夜月江眠", follows: true },
  ...{ share: 0.4, steps: 3, learningRate: 0.01 },
};

async function train(changes: Partial<PretrainingSettings> = {}, seed = 1) {
  const experiment = await PretrainingExperiment.open(tinyLaboratory(backend, seed), { ...SETTINGS, ...changes });
  try {
    const records = await Array.fromAsync(experiment.run());
    return { records, answer: await experiment.ask() };
  } finally {
    experiment.dispose();
  }
}

test("steps go down both losses on the sentences that they are trained on", async () => {
  const { records, answer } = await train();
  expect(records.map(({ step }) => step)).toEqual([0, 1, 2, 3]);
  const [first, last] = [records[0]!, records.at(-1)!];
  expect(last.tokenLoss).toBeLessThan(first.tokenLoss);
  expect(last.followLoss).toBeLessThan(first.followLoss);
  // What a step has gone down is what was measured before it: the sum of both.
  for (const [i, { loss, gradientNorm }] of records.entries()) {
    if (i === 0) expect([loss, gradientNorm]).toEqual([null, null]);
    else {
      expect(loss).toBeCloseTo(records[i - 1]!.tokenLoss + records[i - 1]!.followLoss, 4);
      expect(gradientNorm).toBeGreaterThan(0);
    }
  }
  expect(answer.follows.after).toBeGreaterThan(answer.follows.before);
  expect(Math.exp(-last.followLoss)).toBeCloseTo(answer.follows.after, 6);
});

test("the chosen tokens are asked for, by what stood there", async () => {
  const { answer } = await train();
  // [CLS] four [SEP] four [SEP]
  expect(answer.tokens).toHaveLength(11);
  expect(answer.chosen).toHaveLength(3);
  for (const { place, token, sight } of answer.chosen) {
    expect([..."春晓花鸟夜月江眠"][place < 5 ? place - 1 : place - 2]).toBe(token);
    expect(answer.tokens[place]).toBe(sight);
  }
});

test("a pair that does not follow is taught as such; a rate of 0 teaches nothing", async () => {
  const [taught, not] = [await train({ follows: false }), await train({ learningRate: 0 })];
  expect(taught.answer.follows.after).toBeGreaterThan(taught.answer.follows.before);
  expect(taught.answer.follows.before).toBeCloseTo(1 - not.answer.follows.before, 5);
  expect(not.answer.chosen.map(({ after }) => after)).toEqual(not.answer.chosen.map(({ before }) => before));
});

test("the same seed chooses the same tokens, another one others; what cannot be used is refused", async () => {
  const places = async (seed: number) => (await train({ steps: 1 }, seed)).answer.chosen.map(({ place }) => place);
  expect(await places(1)).toEqual(await places(1));
  expect([await places(2), await places(3)]).not.toEqual([await places(1), await places(1)]);
  for (const wrong of [{ first: " " }, { second: "" }, { steps: 0 }, { share: 2 }, { first: "春".repeat(40) }])
    await expect(train(wrong)).rejects.toMatchObject({ code: "bad-input" });
});
