import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Backend } from "../../../../engine/backends/backend.ts";
import { createCpuBackend } from "../../../../engine/backends/cpu/cpu.ts";
import { ppoLoss } from "../../../../engine/rl/ppo-loss.ts";
import { Tape } from "../../../../engine/tensor/tape.ts";
import { type ClipSetting, clipSentence, cornersOf, readClip } from "./clipped.ts";

let backend: Backend;
beforeAll(async () => {
  backend = await createCpuBackend();
});
afterAll(() => backend.dispose());

/** Loss and gradient of the engine's own PPO loss for one step. */
async function engineSays({ ratio, advantage, clipRange }: ClipSetting): Promise<{ objective: number; slope: number }> {
  const tape = new Tape(backend);
  try {
    const constant = (value: number) => tape.constant(Float32Array.of(value), [1]);
    // With an old log-probability of 0 the new one is the logarithm of the ratio.
    const logProbs = tape.leaf(constant(Math.log(ratio)));
    const zero = Float32Array.of(0);
    const { policyLoss } = ppoLoss(
      tape,
      { logProbs, entropies: constant(0), values: constant(0) },
      { logProbs: zero, advantages: Float32Array.of(advantage), returns: zero },
      { clipRange, valueCoefficient: 0, entropyCoefficient: 0 },
    );
    tape.backward(policyLoss);
    const [loss, gradient] = await backend.read([
      { storage: policyLoss.storage, offset: 0, length: 1 },
      { storage: logProbs.gradient!, offset: 0, length: 1 },
    ]);
    // d loss / d ln r = −slope · r.
    return { objective: -loss![0]!, slope: -gradient![0]! / ratio };
  } finally {
    tape.dispose();
  }
}

describe("readClip", () => {
  it("is the engine's own PPO loss, value and gradient, away from the corners", async () => {
    for (const clipRange of [0.05, 0.2, 0.5]) {
      for (const advantage of [-2, -0.7, 0, 0.3, 2]) {
        for (const ratio of [0.1, 0.41, 0.77, 0.99, 1, 1.03, 1.31, 1.7, 2]) {
          const setting = { ratio, advantage, clipRange };
          const ours = readClip(setting);
          const engine = await engineSays(setting);
          expect(ours.objective, JSON.stringify(setting)).toBeCloseTo(engine.objective, 5);
          expect(ours.slope, JSON.stringify(setting)).toBeCloseTo(engine.slope, 4);
        }
      }
    }
  });

  it("never exceeds the surrogate, and equals it at a ratio of 1", () => {
    for (const advantage of [-1, 1]) {
      for (let ratio = 0; ratio <= 2; ratio += 0.05) {
        const { objective, surrogate } = readClip({ ratio, advantage, clipRange: 0.2 });
        expect(objective).toBeLessThanOrEqual(surrogate);
      }
      expect(readClip({ ratio: 1, advantage, clipRange: 0.2 }).objective).toBe(advantage);
    }
  });

  it("knows the four places, and says what happens there", () => {
    const at = (ratio: number, advantage: number) => {
      const setting = { ratio, advantage, clipRange: 0.2 };
      const reading = readClip(setting);
      return [reading.where, reading.slope, clipSentence(setting, reading)];
    };
    expect(at(1.5, 1)).toEqual(["held", 0, expect.stringContaining("不再推")]);
    expect(at(0.5, -1)).toEqual(["held", 0, expect.stringContaining("更少见了")]);
    expect(at(0.5, 1)).toEqual(["astray", 1, expect.stringContaining("走反了")]);
    expect(at(1.5, -1)).toEqual(["astray", -1, expect.stringContaining("坏动作反而更可能了")]);
    expect(at(1.1, -1)).toEqual(["inside", -1, expect.stringContaining("变小")]);
    expect(at(3, 0)).toEqual(["neutral", 0, expect.stringContaining("优势是 0")]);
  });
});

it("corners that lie outside of the plot are not drawn", () => {
  expect(cornersOf(0.2, 0, 2)).toEqual([0, 0.8, 1.2, 2]);
  expect(cornersOf(0.5, 0.8, 1.2)).toEqual([0.8, 1.2]);
});
