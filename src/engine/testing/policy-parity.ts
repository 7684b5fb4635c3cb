import type { Backend } from "../backends/backend.ts";
import { logProbability, PolicyAndValue, type PolicyConfig } from "../models/policy.ts";
import { type PpoSettings, ppoLoss } from "../rl/ppo-loss.ts";
import { entropy } from "../tensor/ops/losses.ts";
import { describeTraining } from "./training-run.ts";

/** Holds PPO's networks under its whole loss, on one backend, against PyTorch's (`training/fixtures_gradients.py`). */
export function describePolicy(name: string, createBackend: () => Promise<Backend>, tolerance: number): void {
  describeTraining<PolicyConfig & PpoSettings>(
    name,
    "policy",
    createBackend,
    (backend, config, weights) => {
      const networks = new PolicyAndValue(backend, config, weights);
      return {
        parameters: networks.parameters,
        loss: (tape, batch) => {
          const numbers = (key: string) => Float32Array.from(batch[key]!);
          const actions = Int32Array.from(batch.actions!);
          const observations = tape.constant(numbers("observations"), [actions.length, config.observationSize]);
          const logits = networks.policy(tape, observations);
          const outputs = {
            logProbs: logProbability(tape, logits, actions),
            entropies: entropy(tape, logits),
            values: networks.value(tape, observations),
          };
          const [logProbs, advantages, returns] = [numbers("logProbs"), numbers("advantages"), numbers("returns")];
          return ppoLoss(tape, outputs, { logProbs, advantages, returns }, config).loss;
        },
      };
    },
    tolerance,
  );
}
