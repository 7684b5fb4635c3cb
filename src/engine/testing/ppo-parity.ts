import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { parseSafetensors, type TensorView } from "../files/safetensors.ts";
import { takeTensor } from "../files/take-tensor.ts";
import { logProbability, PolicyAndValue } from "../models/policy.ts";
import { AdamW } from "../optim/adam-w.ts";
import { Random } from "../random.ts";
import { generalizedAdvantages, normalized } from "../rl/gae.ts";
import { type PpoEpoch, type PpoLearner, ppoEpochs } from "../rl/ppo.ts";
import { entropy } from "../tensor/ops/losses.ts";
import fixture from "../testdata/ppo-update.json" with { type: "json" };
import { loadFixture } from "./load.ts";
import { relativeError } from "./relative-error.ts";

const { config, record, expected } = fixture;
const floats = (numbers: readonly number[]): Float32Array => Float32Array.from(numbers);

/**
 * Holds a whole update of PPO, from the rewards to what the networks say after it, on one backend, against PyTorch's
 * (`training/fixtures_small_models.py`).
 */
export function describeUpdate(name: string, createBackend: () => Promise<Backend>): void {
  describe(`an update of PPO on ${name}`, () => {
    let backend: Backend;
    let tensors: Map<string, TensorView>;
    beforeAll(async () => {
      backend = await createBackend();
      tensors = parseSafetensors(await loadFixture("src/engine/testdata/training/policy.safetensors"));
    });
    afterAll(() => backend.dispose());

    const [rewards, values, nextValues] = [floats(record.rewards), floats(record.values), floats(record.nextValues)];
    const ends = Uint8Array.from(record.ends);
    const { sequences } = config;
    const { advantages, returns } = generalizedAdvantages({ sequences, rewards, values, nextValues, ends }, config);

    test("advantages over two sequences with a fall and a cut-off, then normalized", () => {
      expect(relativeError(advantages, expected.advantages)).toBeLessThan(1e-6);
      expect(relativeError(normalized(advantages), expected.normalized)).toBeLessThan(1e-6);
    });

    test("what each epoch measures, and with it where the steps before it went", async () => {
      const networks = new PolicyAndValue(backend, config, (key, shape) => takeTensor(tensors, `weight.${key}`, shape));
      const { parameters } = networks;
      const { epsilon, maxNorm } = config;
      const optimizer = new AdamW(backend, [{ parameters: parameters.trainable(), weightDecay: 0 }], {
        epsilon,
        maxNorm,
      });
      const learner: PpoLearner = {
        parameters,
        optimizer,
        evaluate: (tape, steps) => {
          const rows = [...steps].flatMap((step) => record.observations.slice(4 * step, 4 * step + 4));
          const observations = tape.constant(floats(rows), [steps.length, config.observationSize]);
          const logits = networks.policy(tape, observations);
          const chosen = steps.map((step) => record.actions[step]!);
          return {
            logProbs: logProbability(tape, logits, chosen),
            entropies: entropy(tape, logits),
            values: networks.value(tape, observations),
          };
        },
      };
      const batch = { logProbs: floats(record.logProbs), advantages, returns, values };
      const rest = { minibatch: rewards.length, normalizeAdvantages: true, targetKl: Number.POSITIVE_INFINITY };
      const epochs: PpoEpoch[] = [];
      for await (const epoch of ppoEpochs(learner, batch, { ...config, ...rest }, new Random(1))) epochs.push(epoch);

      expect(epochs).toHaveLength(expected.epochs.length);
      for (const [i, epoch] of epochs.entries()) {
        for (const [key, value] of Object.entries(expected.epochs[i]!)) {
          expect(Math.abs(Number(epoch[key as keyof PpoEpoch]) - value), `${key} in epoch ${i + 1}`).toBeLessThan(1e-4);
        }
      }
      optimizer.dispose();
      networks.dispose();
      expect(backend.memory.storages).toBe(0);
    });
  });
}
