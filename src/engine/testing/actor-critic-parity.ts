import type { Backend } from "../backends/backend.ts";
import { policyOutputs } from "../experiments/rlhf-rollout.ts";
import { type Gpt2Config, parseConfig } from "../files/config.ts";
import { Gpt2ActorCritic } from "../models/gpt2-actor-critic.ts";
import { type PpoSettings, ppoLoss } from "../rl/ppo-loss.ts";
import { describeTraining } from "./training-run.ts";

interface Run extends PpoSettings {
  readonly model: unknown;
  /** Tokens of each text that were given, and of the whole text. */
  readonly prompts: readonly number[];
  readonly lengths: readonly number[];
  readonly temperature: number;
}

/** Holds a GPT-2 with a value head under PPO's whole loss over tokens, on one backend, against PyTorch's (`training/fixtures_rlhf.py`). */
export function describeActorCritic(name: string, createBackend: () => Promise<Backend>, tolerance: number): void {
  describeTraining<Run>(
    name,
    "gpt2-actor-critic",
    createBackend,
    (backend, run, weights) => {
      const policy = new Gpt2ActorCritic(backend, parseConfig(run.model) as Gpt2Config, weights, 1);
      return {
        parameters: policy.parameters,
        loss: (tape, batch) => {
          const numbers = (key: string) => Float32Array.from(batch[key]!);
          const ids = Int32Array.from(batch.ids!);
          const length = ids.length / run.lengths.length;
          const reviews = run.lengths.map((end, row) => {
            const own = [...ids.subarray(row * length, row * length + end)];
            const prompt = { category: "", opening: "", ids: own.slice(0, run.prompts[row]) };
            return { prompt, tokens: own.slice(run.prompts[row]) };
          });
          const states = policy.frozenStates(tape, { ids, batch: reviews.length });
          const outputs = policyOutputs(tape, policy, states, reviews, run.temperature);
          const targets = {
            logProbs: numbers("logProbs"),
            advantages: numbers("advantages"),
            returns: numbers("returns"),
            values: numbers("values"),
          };
          return ppoLoss(tape, outputs, targets, run).loss;
        },
      };
    },
    tolerance,
  );
}
