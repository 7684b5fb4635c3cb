import { expect, test } from "vitest";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { newWeights } from "../nn/weights.ts";
import { AdamW } from "../optim/adam-w.ts";
import { decayMatrices } from "../optim/optimizer.ts";
import { Random } from "../random.ts";
import { Tape } from "../tensor/tape.ts";
import { describeSkipGram } from "../testing/skip-gram-parity.ts";
import { negativeSampler, SkipGram } from "./skip-gram.ts";

describeSkipGram("the CPU, in Node", createCpuBackend, 1e-4);

test("words with the same neighbours come to have similar vectors", async () => {
  const backend = await createCpuBackend();
  const random = new Random(1);
  const model = new SkipGram(backend, 6, 8, newWeights(random));
  const optimizer = new AdamW(backend, decayMatrices(model.parameters, 0));
  // 0 and 1 stand beside 2, and 3 and 4 beside 5.
  const [centers, contexts] = [Int32Array.of(0, 1, 3, 4), Int32Array.of(2, 2, 5, 5)];
  const draw = negativeSampler([0, 0, 1, 0, 0, 1], random);
  for (let step = 0; step < 100; step++) {
    const tape = new Tape(backend);
    model.parameters.zeroGradients();
    tape.backward(model.loss(tape, { centers, contexts, negatives: Int32Array.from({ length: 16 }, draw) }));
    optimizer.step(0.05);
    tape.dispose();
  }
  const [vectors] = await backend.read([{ storage: model.centers.storage, offset: 0, length: 48 }]);
  const product = (a: number, b: number) =>
    vectors!.subarray(a * 8, a * 8 + 8).reduce((sum, value, i) => sum + value * vectors![b * 8 + i]!, 0);
  const cosine = (a: number, b: number) => product(a, b) / Math.sqrt(product(a, a) * product(b, b));
  expect(cosine(0, 1)).toBeGreaterThan(0.8);
  expect(cosine(3, 4)).toBeGreaterThan(0.8);
  expect(cosine(0, 3)).toBeLessThan(0.5);
  backend.dispose();
});

test("words are drawn in proportion to their counts to the power 3/4", () => {
  const counts = [0, 16, 1, 81];
  const draw = negativeSampler(counts, new Random(1));
  const drawn = new Array<number>(4).fill(0);
  for (let i = 0; i < 36_000; i++) drawn[draw()]!++;
  expect(drawn[0]).toBe(0);
  for (const [word, share] of [8, 1, 27].entries()) {
    expect(drawn[word + 1]! / 1000 / share, `word ${word + 1}`).toBeCloseTo(1, 1);
  }
});
