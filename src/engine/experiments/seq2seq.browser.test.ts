import { expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { Random } from "../random.ts";
import { graphicsCard } from "../testing/webgpu.ts";
import { Seq2SeqExperiment } from "./seq2seq.ts";

const PAIRS = ["甲乙", "乙丙丁", "丁甲", "丙丙甲"].map((source) => ({ source, target: source }));
const SMALL = {
  pairs: PAIRS,
  layers: 1,
  width: 8,
  heads: 2,
  batch: 3,
  steps: 2,
  learningRate: 0.01,
  measured: 8,
  every: 2,
};
const PATTERN = "decoder.cross_attn.pattern";

async function run(backend: Backend): Promise<number[]> {
  const laboratory = { backend, random: new Random(1) };
  const experiment = new Seq2SeqExperiment(laboratory, { ...SMALL, architecture: "lstm-attention" });
  const numbers: number[] = [];
  for await (const { loss, gradientNorm } of experiment.run()) numbers.push(loss, gradientNorm);
  const { traces } = await experiment.ask({ kind: "translation", source: "甲丁", length: 2, trace: [PATTERN] });
  numbers.push(...traces.get(PATTERN)!.data);
  experiment.dispose();
  expect(backend.memory.storages).toBe(0);
  backend.dispose();
  return numbers;
}

test("a training and its attention on WebGPU are as on the CPU", async () => {
  const cpu = await run(await createCpuBackend());
  const gpu = await run(await graphicsCard());
  expect(gpu).toHaveLength(cpu.length);
  for (const [i, value] of cpu.entries()) expect(gpu[i]).toBeCloseTo(value, 3);
});
