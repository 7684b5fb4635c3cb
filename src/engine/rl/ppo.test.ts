import { afterAll, beforeAll, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { logProbability, PolicyAndValue } from "../models/policy.ts";
import { newWeights } from "../nn/weights.ts";
import { AdamW } from "../optim/adam-w.ts";
import { Random } from "../random.ts";
import { add, affine } from "../tensor/ops/elementwise.ts";
import { entropy } from "../tensor/ops/losses.ts";
import { Tape } from "../tensor/tape.ts";
import { describeUpdate } from "../testing/ppo-parity.ts";
import { approximateKl, clipFraction, type PpoEpoch, type PpoUpdateSettings, ppoEpochs } from "./ppo.ts";

let backend: Backend;
beforeAll(async () => {
  backend = await createCpuBackend();
});
afterAll(() => backend.dispose());

describeUpdate("the CPU, in Node", createCpuBackend);

const SETTINGS: PpoUpdateSettings = {
  epochs: 4,
  minibatch: 4,
  learningRate: 0.01,
  clipRange: 0.2,
  valueCoefficient: 0.5,
  entropyCoefficient: 0,
  normalizeAdvantages: false,
  targetKl: Number.POSITIVE_INFINITY,
};

/** Ten steps in one state: action 1 was better than expected, action 0 worse; both had the probability 1/2. */
const ACTIONS = Int32Array.of(0, 1, 0, 1, 0, 1, 0, 1, 0, 1);
const TARGETS = {
  logProbs: new Float32Array(10).fill(-Math.LN2),
  advantages: Float32Array.from(ACTIONS, (action) => 2 * action - 1),
  returns: new Float32Array(10).fill(3),
};

async function update(changes: Partial<PpoUpdateSettings> = {}) {
  const networks = new PolicyAndValue(backend, { observationSize: 1, actions: 2, width: 8 }, newWeights(new Random(1)));
  const optimizer = new AdamW(backend, [{ parameters: networks.parameters.trainable(), weightDecay: 0 }]);
  const seen: number[][] = [];
  const input = (tape: Tape, rows: number) => tape.constant(new Float32Array(rows).fill(1), [rows, 1]);
  const epochs: PpoEpoch[] = [];
  const measure = async (): Promise<{ right: number; value: number }> => {
    const tape = new Tape(backend, "off");
    const [logits, value] = [networks.policy(tape, input(tape, 1)), networks.value(tape, input(tape, 1))];
    const spans = [logits, value].map(({ storage }) => ({ storage, offset: 0, length: storage.length }));
    const [[left = 0, right = 0] = [], [v = 0] = []] = await backend.read(spans);
    tape.dispose();
    return { right: 1 / (1 + Math.exp(left - right)), value: v };
  };
  try {
    const before = await measure();
    const learner = {
      parameters: networks.parameters,
      optimizer,
      evaluate: (tape: Tape, steps: Int32Array) => {
        seen.push([...steps]);
        const logits = networks.policy(tape, input(tape, steps.length));
        return {
          logProbs: logProbability(
            tape,
            logits,
            Int32Array.from(steps, (step) => ACTIONS[step]!),
          ),
          entropies: entropy(tape, logits),
          values: networks.value(tape, input(tape, steps.length)),
        };
      },
    };
    for await (const epoch of ppoEpochs(learner, TARGETS, { ...SETTINGS, ...changes }, new Random(2))) {
      epochs.push(epoch);
    }
    return { epochs, seen, before, after: await measure() };
  } finally {
    optimizer.dispose();
    networks.dispose();
  }
}

// Two ratios: (0.5 − ln 1.5 + −0.5 − ln 0.5) / 2 = −ln(0.75) / 2.
test("the KL estimate and the clip fraction, by hand", () => {
  expect(approximateKl(Float32Array.of(1.5, 0.5))).toBeCloseTo(-Math.log(0.75) / 2, 6);
  expect(approximateKl(Float32Array.of(1, 1))).toBe(0);
  expect(clipFraction(Float32Array.of(1.25, 0.75, 1.15, 0.85), 0.2)).toBe(0.5);
});

test("the KL estimate has the KL divergence as its mean", () => {
  const [before, after] = [
    [0.7, 0.3],
    [0.5, 0.5],
  ] as const;
  // As many of each action as the old policy takes.
  const ratios = Float32Array.from({ length: 10 }, (_, i) => (i < 7 ? after[0] / before[0] : after[1] / before[1]));
  const exact = before.reduce((sum, p, i) => sum + p * Math.log(p / after[i]!), 0);
  expect(approximateKl(ratios)).toBeCloseTo(exact, 6);
});

test("every epoch uses every step once, in a new order, the rest of them in a smaller minibatch", async () => {
  const { seen } = await update({ epochs: 3 });
  expect(seen.map(({ length }) => length)).toEqual([4, 4, 2, 4, 4, 2, 4, 4, 2]);
  const epochs = [0, 3, 6].map((i) => seen.slice(i, i + 3).flat());
  for (const epoch of epochs) expect(epoch.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(epochs[0]).not.toEqual(epochs[1]);
});

test("what was better than expected becomes likelier, and the value moves to the returns", async () => {
  const { epochs, before, after } = await update();
  expect(after.right).toBeGreaterThan(before.right + 0.02);
  expect(Math.abs(3 - after.value)).toBeLessThan(Math.abs(3 - before.value));
  expect(epochs).toHaveLength(4);
  expect(epochs[0]!.entropy).toBeCloseTo(Math.LN2, 2);
  expect(epochs.at(-1)!.kl).toBeGreaterThan(epochs[0]!.kl);
});

test("clipping holds a policy that would run away", async () => {
  const long = { epochs: 60, minibatch: 10, learningRate: 0.003 };
  const [held, free] = [await update(long), await update({ ...long, clipRange: 10 })];
  expect(held.epochs.at(-1)!.clipFraction).toBeGreaterThan(0);
  expect(free.epochs.at(-1)!.clipFraction).toBe(0);
  expect(held.epochs.at(-1)!.kl).toBeLessThan(free.epochs.at(-1)!.kl / 4);
});

test("an update ends when the policy has moved far enough", async () => {
  const long = { epochs: 60, learningRate: 0.02, clipRange: 10 };
  const { epochs } = await update({ ...long, targetKl: 0.01 });
  expect(epochs.length).toBeLessThan(60);
  expect(epochs.map(({ stopped }) => stopped)).toEqual([...epochs.slice(1).map(() => false), true]);
});

test("normalized advantages push as hard whatever their size", async () => {
  const { epochs } = await update({ normalizeAdvantages: true, epochs: 1, minibatch: 10 });
  // The mean of advantages around 0, at ratios of 1.
  expect(epochs[0]!.policyLoss).toBeCloseTo(0, 2);
});

test("a minibatch of one step learns from it, normalized or not", async () => {
  const { before, after } = await update({ normalizeAdvantages: true, epochs: 1, minibatch: 1 });
  expect(after.right).toBeGreaterThan(before.right + 0.01);
});

test("numbers that are not finite end the update with their name, and leave nothing in memory", async () => {
  const before = { ...backend.memory };
  await expect(update({ learningRate: Number.NaN })).rejects.toThrow(expect.objectContaining({ code: "diverged" }));
  expect({ ...backend.memory }).toEqual(before);
});

test("steps that belong together are evaluated together, each against its own targets", async () => {
  const networks = new PolicyAndValue(backend, { observationSize: 1, actions: 2, width: 8 }, newWeights(new Random(1)));
  const optimizer = new AdamW(backend, [{ parameters: networks.parameters.trainable(), weightDecay: 0 }]);
  // Sequences of three steps, one, and six; the observation is the step's number, and so is what was recorded of it.
  const starts = Int32Array.of(0, 3, 4, 10);
  const numbers = Float32Array.from({ length: 10 }, (_, step) => step);
  const seen: number[][] = [];
  let rests = 0;
  const learner = {
    parameters: networks.parameters,
    optimizer,
    evaluate: (tape: Tape, items: Int32Array) => {
      seen.push([...items]);
      const steps = [...items].flatMap((item) => [...numbers.subarray(starts[item], starts[item + 1])]);
      const recorded = tape.constant(Float32Array.from(steps), [steps.length]);
      const states = tape.view(recorded, [steps.length, 1]);
      // Ratios of 1 and errors of 0, if the targets are those of the same steps.
      const values = add(tape, recorded, affine(tape, networks.value(tape, states), 0));
      return { logProbs: recorded, entropies: recorded, values };
    },
    rest: async () => {
      rests++;
    },
  };
  const batch = { logProbs: numbers, advantages: numbers, returns: numbers, values: numbers, starts };
  const settings = { ...SETTINGS, epochs: 2, minibatch: 2, valueClipRange: 0.1 };
  for await (const { kl, valueLoss } of ppoEpochs(learner, batch, settings, new Random(3))) {
    expect([kl, valueLoss]).toEqual([0, 0]);
  }
  expect(seen.map(({ length }) => length)).toEqual([2, 1, 2, 1]);
  expect(seen.slice(0, 2).flat().toSorted()).toEqual([0, 1, 2]);
  expect(rests).toBe(4);
  optimizer.dispose();
  networks.dispose();
});
