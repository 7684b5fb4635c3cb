import { EngineError } from "../errors.ts";
import { logProbability, PolicyAndValue } from "../models/policy.ts";
import { newWeights } from "../nn/weights.ts";
import { AdamW } from "../optim/adam-w.ts";
import { constant, warmupLinear } from "../optim/schedules.ts";
import { Random } from "../random.ts";
import { CartPole, type CartPoleState, drawStart, STATE_SIZE } from "../rl/cart-pole.ts";
import { explainedVariance, generalizedAdvantages } from "../rl/gae.ts";
import { type PpoEpoch, ppoEpochs } from "../rl/ppo.ts";
import type { PpoOutputs } from "../rl/ppo-loss.ts";
import { mean } from "../statistics.ts";
import { entropy } from "../tensor/ops/losses.ts";
import type { Tape } from "../tensor/tape.ts";
import {
  type CartPoleEpisode,
  type CartPoleRollout,
  playEpisodes,
  playRollout,
  pushesRight,
  stateValues,
} from "./cart-pole-rollout.ts";
import { type CartPoleSettings, checkCartPoleSettings } from "./cart-pole-settings.ts";
import { type Experiment, type Laboratory, nextTurn } from "./experiment.ts";

/** What one update of the networks measured. */
export type CartPoleMetrics = {
  /** Updates done, from 1. */
  readonly update: number;
  /** Steps taken in all environments together. */
  readonly steps: number;
  readonly episodes: number;
  /** Mean return of the last episodes that ended, up to 100 of them; null before the first. */
  readonly meanReturn: number | null;
  /** Mean length of the episodes that ended in this update; null if none did. */
  readonly episodeLength: number | null;
  /** Of the policy over the steps' states, in nats: at most ln 2. */
  readonly entropy: number;
  /** How far the policy moved in this update, in nats. */
  readonly kl: number;
  /** Share of the steps whose probability ratio has left 1 ± ε. */
  readonly clipFraction: number;
  readonly policyLoss: number;
  /** Mean squared error of the value function. */
  readonly valueLoss: number;
  /** Share of the returns' variance that the value function had foreseen; null where the returns do not vary. */
  readonly explainedVariance: number | null;
  readonly gradientNorm: number;
  readonly learningRate: number;
  /** Epochs done: fewer than were set where the KL divergence reached its target. */
  readonly epochs: number;
};

export type CartPoleQuestion =
  | {
      /** "What would you do there?", at a grid of angles and angular velocities around 0. */
      readonly kind: "field";
      readonly position: number;
      readonly velocity: number;
      /** Largest of either axis, and cells along each. */
      readonly maxAngle: number;
      readonly maxAngularVelocity: number;
      readonly cells: number;
    }
  | {
      /** "Play one from here." */
      readonly kind: "episode";
      readonly start: CartPoleState;
      /** Draws the actions; null for the likelier one always. */
      readonly seed: number | null;
    }
  | {
      /** "How good are you?", over episodes from starts drawn by the seed. */
      readonly kind: "evaluation";
      readonly episodes: number;
      readonly seed: number;
      readonly greedy: boolean;
    }
  | {
      /** "How good is it to be there?", at some states, such as those of an episode. */
      readonly kind: "values";
      /** [states, 4] */
      readonly states: Float32Array;
    };

/** Row by row from the largest angular velocity down, each from the leftmost angle on; centres of the cells. */
export interface CartPoleField {
  readonly kind: "field";
  readonly cells: number;
  /** Probability of a push to the right. */
  readonly right: Float32Array;
  readonly values: Float32Array;
}

export type CartPoleAnswer =
  | CartPoleField
  | ({ readonly kind: "episode" } & CartPoleEpisode)
  | { readonly kind: "evaluation"; readonly returns: readonly number[]; readonly mean: number }
  | { readonly kind: "values"; readonly values: Float32Array };

/** As many episodes as Gymnasium's leaderboard averages over. */
const RETURN_WINDOW = 100;
const MAX_CELLS = 128;
const MAX_EPISODES = 1000;

/** PPO learns to balance a pole on a cart, from nothing. */
export class CartPoleExperiment implements Experiment<CartPoleMetrics, CartPoleQuestion, CartPoleAnswer> {
  readonly #random: Random;
  readonly #settings: CartPoleSettings;
  readonly #networks: PolicyAndValue;
  readonly #optimizer: AdamW;
  readonly #carts: readonly CartPole[];

  /** @throws EngineError `bad-input` if a setting is out of its range; `out-of-memory` */
  constructor({ backend, random }: Laboratory, settings: CartPoleSettings) {
    checkCartPoleSettings(settings);
    this.#random = random;
    this.#settings = settings;
    const config = { observationSize: STATE_SIZE, actions: 2, width: settings.width };
    this.#networks = new PolicyAndValue(backend, config, newWeights(random));
    const groups = [{ parameters: this.#networks.parameters.trainable(), weightDecay: 0 }];
    try {
      this.#optimizer = new AdamW(backend, groups, { epsilon: 1e-5, maxNorm: settings.maxGradientNorm });
    } catch (error) {
      this.#networks.dispose();
      throw error;
    }
    this.#carts = Array.from({ length: settings.environments }, () => new CartPole(drawStart(random)));
  }

  // #region train
  async *run(): AsyncGenerator<CartPoleMetrics, void, undefined> {
    const { horizon, learningRate: peak, learningRateDecay } = this.#settings;
    const perUpdate = this.#carts.length * horizon;
    const updates = Math.ceil(this.#settings.steps / perUpdate);
    const schedule = learningRateDecay ? warmupLinear({ peak, warmup: 0, total: updates }) : constant(peak);
    let episodes = 0;
    let returns: readonly number[] = [];
    for (let update = 1; update <= updates; update++) {
      const learningRate = schedule(update - 1);
      const rollout = await playRollout(this.#networks, this.#carts, horizon, this.#random);
      const { finished } = rollout;
      episodes += finished.length;
      returns = [...returns, ...finished].slice(-RETURN_WINDOW);
      yield {
        update,
        steps: update * perUpdate,
        episodes,
        meanReturn: meanOf(returns),
        episodeLength: meanOf(finished),
        ...(await this.#learn(rollout, learningRate)),
        learningRate,
      };
      await nextTurn();
    }
  }

  /** One update of both networks. */
  async #learn(rollout: CartPoleRollout, learningRate: number) {
    const { advantages, returns } = generalizedAdvantages(rollout, this.#settings);
    const settings = { ...this.#settings, learningRate, targetKl: this.#settings.targetKl || Number.POSITIVE_INFINITY };
    const learner = {
      parameters: this.#networks.parameters,
      optimizer: this.#optimizer,
      evaluate: (tape: Tape, steps: Int32Array) => this.#evaluate(tape, rollout, steps),
    };
    const targets = { logProbs: rollout.logProbs, advantages, returns };
    const epochs: PpoEpoch[] = [];
    for await (const epoch of ppoEpochs(learner, targets, settings, this.#random)) {
      epochs.push(epoch);
      await nextTurn();
    }
    const { stopped: _, ...last } = epochs.at(-1)!;
    return { ...last, explainedVariance: explainedVariance(rollout.values, returns), epochs: epochs.length };
  }

  #evaluate(tape: Tape, { observations, actions }: CartPoleRollout, steps: Int32Array): PpoOutputs {
    const rows = new Float32Array(steps.length * STATE_SIZE);
    for (const [i, step] of steps.entries()) {
      rows.set(observations.subarray(step * STATE_SIZE, (step + 1) * STATE_SIZE), i * STATE_SIZE);
    }
    const states = tape.constant(rows, [steps.length, STATE_SIZE]);
    const logits = this.#networks.policy(tape, states);
    const chosen = Int32Array.from(steps, (step) => actions[step]!);
    return {
      logProbs: logProbability(tape, logits, chosen),
      entropies: entropy(tape, logits),
      values: this.#networks.value(tape, states),
    };
  }
  // #endregion

  /** @throws EngineError `bad-input` for a grid or a number of episodes out of range; `diverged` */
  async ask(question: CartPoleQuestion): Promise<CartPoleAnswer> {
    switch (question.kind) {
      case "field":
        return this.#field(question);
      case "episode": {
        const random = question.seed === null ? null : new Random(question.seed);
        const [episode] = await playEpisodes(this.#networks, [question.start], random);
        return { kind: "episode", ...episode! };
      }
      case "evaluation": {
        if (!(question.episodes >= 1 && question.episodes <= MAX_EPISODES)) {
          throw new EngineError("bad-input", `局数要在 1 到 ${MAX_EPISODES} 之间`);
        }
        const random = new Random(question.seed);
        const starts = Array.from({ length: question.episodes }, () => drawStart(random));
        const played = await playEpisodes(this.#networks, starts, question.greedy ? null : random);
        const returns = played.map(({ actions }) => actions.length);
        return { kind: "evaluation", returns, mean: meanOf(returns)! };
      }
      case "values":
        if (question.states.length === 0 || question.states.length % STATE_SIZE !== 0) {
          throw new EngineError("bad-input", `每个状态是 ${STATE_SIZE} 个数`);
        }
        return { kind: "values", values: await stateValues(this.#networks, question.states) };
    }
  }

  dispose(): void {
    this.#optimizer.dispose();
    this.#networks.dispose();
  }

  async #field(question: Extract<CartPoleQuestion, { kind: "field" }>): Promise<CartPoleField> {
    const { position, velocity, maxAngle, maxAngularVelocity, cells } = question;
    if (!(cells >= 1 && cells <= MAX_CELLS)) throw new EngineError("bad-input", `格数要在 1 到 ${MAX_CELLS} 之间`);
    const states = Float32Array.from(
      Array.from({ length: cells * cells }, (_, i) => {
        const centre = (cell: number): number => (2 * cell + 1) / cells - 1;
        const angle = maxAngle * centre(i % cells);
        const angularVelocity = -maxAngularVelocity * centre(Math.floor(i / cells));
        return [position, velocity, angle, angularVelocity];
      }).flat(),
    );
    const [right, values] = [await pushesRight(this.#networks, states), await stateValues(this.#networks, states)];
    return { kind: "field", cells, right, values };
  }
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : mean(values);
}
