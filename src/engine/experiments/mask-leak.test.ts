import { afterAll, beforeAll, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { Random } from "../random.ts";
import { MaskLeakExperiment, type MaskLeakMetrics, type MaskLeakSettings } from "./mask-leak.ts";

const SETTINGS: MaskLeakSettings = {
  text: "小猫爱吃鱼，小狗爱吃骨头。小兔爱吃草，小羊也爱吃草。今天下雨，妈妈带了伞，我没有带。",
  ...{ causal: true, layers: 2, steps: 120, learningRate: 0.01 },
};

let backend: Backend;
beforeAll(async () => {
  backend = await createCpuBackend();
});
afterAll(() => backend.dispose());

async function train(
  changes: Partial<MaskLeakSettings>,
  seed = 1,
): Promise<{ records: MaskLeakMetrics[]; written: string }> {
  const experiment = new MaskLeakExperiment({ backend, random: new Random(seed) }, { ...SETTINGS, ...changes });
  try {
    const records = await Array.fromAsync(experiment.run());
    return { records, written: await experiment.ask({ prompt: "小猫", length: 6 }) };
  } finally {
    experiment.dispose();
  }
}

test("without a mask the loss of the training falls, and that of writing does not", async () => {
  const [masked, open] = [await train({}), await train({ causal: false })];
  const [right, wrong] = [masked.records.at(-1)!, open.records.at(-1)!];
  expect(wrong.loss!).toBeLessThan(right.loss! / 2);
  expect(wrong.writing).toBeGreaterThan(2 * right.writing);
  expect(SETTINGS.text).toContain(`小猫${masked.written.slice(0, 3)}`);
  expect(SETTINGS.text).not.toContain(`小猫${open.written.slice(0, 3)}`);
});

test("the same seed gives the same run, another one another", async () => {
  const { records } = await train({ steps: 1 });
  expect((await train({ steps: 1 })).records).toEqual(records);
  expect((await train({ steps: 1 }, 2)).records).not.toEqual(records);
});

test("it frees everything, and refuses what cannot be used", async () => {
  const before = { ...backend.memory };
  await train({ steps: 2 });
  expect({ ...backend.memory }).toEqual(before);
  const start = (changes: Partial<MaskLeakSettings>) => () =>
    new MaskLeakExperiment({ backend, random: new Random(1) }, { ...SETTINGS, ...changes });
  for (const changes of [{ layers: 0 }, { steps: 0 }, { learningRate: Number.NaN }, { text: "短" }])
    expect(start(changes)).toThrow(expect.objectContaining({ code: "bad-input" }));
  const experiment = start({})();
  for (const prompt of ["", "龙"])
    await expect(experiment.ask({ prompt, length: 3 })).rejects.toThrow(expect.objectContaining({ code: "bad-input" }));
  experiment.dispose();
});
