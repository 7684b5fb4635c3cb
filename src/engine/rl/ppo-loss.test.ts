import { afterAll, beforeAll, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { Tape } from "../tensor/tape.ts";
import { type PpoSettings, type PpoTargets, ppoLoss } from "./ppo-loss.ts";

let backend: Backend;
beforeAll(async () => {
  backend = await createCpuBackend();
});
afterAll(() => backend.dispose());

/**
 * Three steps. The ratios are 1.5 (a good action, likelier than ε allows), 0.5 (a good one that became rarer) and 0.5 (a bad one, rarer than
 * ε allows).
 */
const LOG_PROBS = [Math.log(0.75), Math.log(0.25), Math.log(0.25)];
const VALUES = [1, 2, 4];
const ENTROPIES = [0.6, 0.3, 0.6];
const TARGETS: PpoTargets = {
  logProbs: new Float32Array(3).fill(Math.log(0.5)),
  advantages: Float32Array.of(2, 1, -1),
  returns: Float32Array.of(3, 1, 2),
  values: Float32Array.of(0, 2.2, 3),
};
const SETTINGS: PpoSettings = { clipRange: 0.2, valueCoefficient: 0.5, entropyCoefficient: 0.1 };

async function measure(settings: PpoSettings) {
  const tape = new Tape(backend);
  const leaf = (numbers: readonly number[]) => tape.leaf(tape.constant(Float32Array.from(numbers), [3]));
  const [logProbs, values, entropies] = [leaf(LOG_PROBS), leaf(VALUES), leaf(ENTROPIES)];
  const { ratios, ...means } = ppoLoss(tape, { logProbs, values, entropies }, TARGETS, settings);
  tape.backward(means.loss);
  const read = async (storages: readonly (typeof ratios.storage)[]) =>
    backend.read(storages.map((storage) => ({ storage, offset: 0, length: storage.length })));
  const [loss, policyLoss, valueLoss, entropy] = (
    await read([means.loss, means.policyLoss, means.valueLoss, means.entropy].map(({ storage }) => storage))
  ).map(([value]) => value);
  const gradients = (await read([logProbs, values, entropies].map(({ gradient }) => gradient!))).map((one) => [...one]);
  const [moved] = await read([ratios.storage]);
  tape.dispose();
  return { loss, policyLoss, valueLoss, entropy, gradients, ratios: [...moved!] };
}

function expectClose(numbers: readonly number[], expected: readonly number[]): void {
  expect(numbers).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) expect(numbers[i]).toBeCloseTo(value, 5);
}

test("three steps by hand: what is clipped, and what each part costs", async () => {
  const { ratios, policyLoss, valueLoss, entropy, loss, gradients } = await measure(SETTINGS);
  expectClose(ratios, [1.5, 0.5, 0.5]);
  // −(min(1.5·2, 1.2·2) + min(0.5, 0.8) + min(−0.5, −0.8)) / 3 = −(2.4 + 0.5 − 0.8) / 3.
  expect(policyLoss).toBeCloseTo(-0.7, 6);
  // ((1 − 3)² + (2 − 1)² + (4 − 2)²) / 3 = (4 + 1 + 4) / 3.
  expect(valueLoss).toBeCloseTo(3, 6);
  expect(entropy).toBeCloseTo(0.5, 6);
  // −0.7 + 0.5 · 3 − 0.1 · 0.5.
  expect(loss).toBeCloseTo(0.75, 6);

  const [byLogProbs, byValues, byEntropies] = gradients;
  // Only the step that moved the wrong way is pulled back: −r · A / 3.
  expectClose(byLogProbs!, [0, -0.5 / 3, 0]);
  // 0.5 · 2 · (value − return) / 3.
  expectClose(byValues!, [-2 / 3, 1 / 3, 2 / 3]);
  expectClose(byEntropies!, [-0.1 / 3, -0.1 / 3, -0.1 / 3]);
});

test("with a clipped value the larger error counts, and what has moved too far has no gradient", async () => {
  const { policyLoss, valueLoss, loss, gradients } = await measure({ ...SETTINGS, valueClipRange: 0.5 });
  // Held within ± 0.5 of 0, 2.2 and 3 the values are 0.5, 2 and 3.5: max(4, 2.5²), max(1, 1), max(4, 1.5²).
  expect(valueLoss).toBeCloseTo((6.25 + 1 + 4) / 3, 6);
  expect(policyLoss).toBeCloseTo(-0.7, 6);
  expect(loss).toBeCloseTo(-0.7 + 0.5 * 3.75 - 0.05, 6);
  const [, byValues] = gradients;
  expectClose(byValues!, [0, 1 / 3, 2 / 3]);
});

test("to clip values one must know what they were", () => {
  const tape = new Tape(backend);
  const constant = (numbers: readonly number[]) => tape.constant(Float32Array.from(numbers), [3]);
  const outputs = { logProbs: constant(LOG_PROBS), values: constant(VALUES), entropies: constant(ENTROPIES) };
  const { values: _, ...targets } = TARGETS;
  expect(() => ppoLoss(tape, outputs, targets, { ...SETTINGS, valueClipRange: 0.5 })).toThrow(/values are clipped/);
  tape.dispose();
});
