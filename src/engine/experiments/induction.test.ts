import { afterAll, beforeAll, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { Random } from "../random.ts";
import { InductionExperiment, type InductionMetrics } from "./induction.ts";
import { INDUCTION_DEFAULTS, type InductionSettings } from "./induction-settings.ts";
import { drawRepeats } from "./repeats.ts";

let backend: Backend;
beforeAll(async () => {
  backend = await createCpuBackend();
});
afterAll(() => backend.dispose());

const SMALL: Partial<InductionSettings> = { width: 16, batch: 4, steps: 30 };

function start(changes: Partial<InductionSettings> = SMALL, seed = 1): InductionExperiment {
  return new InductionExperiment({ backend, random: new Random(seed) }, { ...INDUCTION_DEFAULTS, ...changes });
}

async function train(experiment: InductionExperiment): Promise<InductionMetrics[]> {
  const records: InductionMetrics[] = [];
  for await (const record of experiment.run()) records.push(record);
  return records;
}

test("what is told by the tokens before it has stood there before, behind the same token", () => {
  const random = new Random(3);
  for (let i = 0; i < 50; i++) {
    const { ids, known } = drawRepeats(random, 64);
    expect(ids).toHaveLength(49);
    expect(known.filter(Boolean).length).toBeGreaterThan(5);
    for (const [place, told] of known.entries()) {
      if (!told) continue;
      const before = ids.slice(0, place - 1).map((id, i) => [id, ids[i + 1]]);
      expect(before).toContainEqual([ids[place - 1], ids[place]]);
    }
  }
});

test("two layers learn to go on as the sequence went on before; the heads that do it appear with it", async () => {
  const experiment = start({ steps: 400 });
  const records = await train(experiment);
  const [first, last] = [records[0]!, records.at(-1)!];
  expect(first).toMatchObject({ step: 0, loss: null });
  expect(first.lossRepeated).toBeGreaterThan(Math.log(64) * 0.9);
  expect(last.lossRepeated).toBeLessThan(first.lossRepeated - 1);
  // What is new stays unknown.
  expect(last.lossNew).toBeGreaterThan(Math.log(64) * 0.9);
  expect(last.contextScore).toBeLessThan(first.contextScore - 0.5);
  expect(last.prefix).toBeGreaterThan(3 * first.prefix);
  // They stand in the second layer.
  expect(Math.max(...[4, 5, 6, 7].map((head) => last[`prefix${head}`]!))).toBe(last.prefix);

  const { ids, patterns } = await experiment.ask({ kind: "patterns" });
  expect(ids.slice(0, 12)).toEqual(ids.slice(12));
  expect(patterns.map(({ shape }) => shape)).toEqual([
    [4, 24, 24],
    [4, 24, 24],
  ]);
  for (const { data } of patterns) expect(data.subarray(0, 24).reduce((sum, weight) => sum + weight)).toBeCloseTo(1);
  experiment.dispose();
});

test("every step has finite gradients, and the first and the last are measured, whatever the period", async () => {
  const records = await train(start());
  expect(records.map(({ step }) => step)).toEqual([0, 25, 30]);
  for (const { gradientNorm } of records.slice(1)) expect(gradientNorm).toBeGreaterThan(0);
});

test("the same seed gives the same run, another seed another", async () => {
  const [first, again, other] = await Promise.all([start(), start(), start(SMALL, 2)].map(train));
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
});

test("a run that is ended leaves nothing in memory", async () => {
  const fresh = await createCpuBackend();
  const experiment = new InductionExperiment(
    { backend: fresh, random: new Random(1) },
    { ...INDUCTION_DEFAULTS, ...SMALL },
  );
  const records = experiment.run();
  await records.next();
  await records.next();
  await experiment.ask({ kind: "patterns" });
  await records.return();
  experiment.dispose();
  expect({ ...fresh.memory }).toEqual({ bytes: 0, storages: 0 });
  fresh.dispose();
});

test.each([
  [{ layers: 3 }, "层数是 3"],
  [{ heads: 3 }, "不能被 3 个头整除"],
  [{ vocabulary: 4 }, "词元的种类是 4"],
] as const)("%j is refused", (changes, reason) => {
  expect(() => start(changes)).toThrow(
    expect.objectContaining({ code: "bad-input", detail: expect.stringContaining(reason) }),
  );
});
