import type { Span, Storage } from "../backends/storage.ts";
import { EngineError } from "../errors.ts";
import type { Optimizer } from "../optim/optimizer.ts";
import type { Random } from "../random.ts";
import { mean } from "../statistics.ts";
import type { Parameters } from "../tensor/parameters.ts";
import { sizeOf, Tape } from "../tensor/tape.ts";
import { normalized } from "./gae.ts";
import { type PpoOutputs, type PpoSettings, type PpoTargets, ppoLoss } from "./ppo-loss.ts";

/** What PPO trains: for CartPole two small networks, for RLHF a language model with a value head. */
export interface PpoLearner {
  readonly parameters: Parameters;
  readonly optimizer: Pick<Optimizer, "step" | "squaredNorm">;
  /**
   * What the networks say now of some of the recorded steps.
   * @param items numbers of the steps in the batch; where steps belong together (`PpoBatch.starts`), numbers of the sequences
   */
  evaluate(tape: Tape, items: Int32Array): PpoOutputs;
  /** Awaited after each minibatch: lets others have their turn where one takes long. */
  rest?(): Promise<void>;
}

/** Recorded steps. */
export interface PpoBatch extends PpoTargets {
  /**
   * Where each sequence of steps that can only be evaluated together begins, and at the end the number of all steps: the tokens of a text need each
   * other. Every step stands alone where it is left out.
   */
  readonly starts?: Int32Array;
}

export interface PpoUpdateSettings extends PpoSettings {
  /** How often every recorded step is used. */
  readonly epochs: number;
  /** Steps per gradient, or sequences of steps. */
  readonly minibatch: number;
  /** Whether the advantages of each minibatch are shifted and scaled to mean 0 and deviation 1; a step that is alone in one keeps its own. */
  readonly normalizeAdvantages: boolean;
  /**
   * The update ends early as soon as a minibatch has moved this far from the policy that took the steps, in nats; Infinity for never. Not in the
   * paper: OpenAI's Spinning Up does it (Achiam 2018; Huang et al. 2022, "The 37 implementation details of proximal policy optimization").
   */
  readonly targetKl: number;
  readonly learningRate: number;
}

/** Means over the minibatches of one epoch. */
export interface PpoEpoch {
  readonly policyLoss: number;
  readonly valueLoss: number;
  readonly entropy: number;
  /** How far the policy has moved since the steps were taken: Schulman's estimate (r − 1) − ln r of the KL divergence, in nats. */
  readonly kl: number;
  /** Share of the steps whose ratio has left 1 ± ε. */
  readonly clipFraction: number;
  /** Norm of all gradients together, before clipping. */
  readonly gradientNorm: number;
  /** The KL divergence went beyond its target, so this epoch is the last and may be shorter. */
  readonly stopped: boolean;
}

// #region ppo-epochs
/**
 * One update of proximal policy optimisation (Schulman et al. 2017, algorithm 1): some epochs of gradient steps over one batch of recorded
 * steps, in random minibatches. Yields after each epoch.
 *
 * @throws EngineError `diverged` if the loss is not finite any more
 */
export async function* ppoEpochs(
  learner: PpoLearner,
  batch: PpoBatch,
  settings: PpoUpdateSettings,
  random: Random,
): AsyncGenerator<PpoEpoch, void, undefined> {
  const items = batch.starts ? batch.starts.length - 1 : batch.logProbs.length;
  const order = Int32Array.from({ length: items }, (_, item) => item);
  for (let epoch = 0; epoch < settings.epochs; epoch++) {
    shuffle(order, random);
    const measured: PpoEpoch[] = [];
    for (let at = 0; at < order.length && !measured.at(-1)?.stopped; at += settings.minibatch) {
      measured.push(await minibatchStep(learner, order.subarray(at, at + settings.minibatch), batch, settings));
      await learner.rest?.();
    }
    const result = meanOf(measured);
    yield result;
    if (result.stopped) return;
  }
}

/** Forward, backward, and one move of the weights. */
async function minibatchStep(
  learner: PpoLearner,
  items: Int32Array,
  batch: PpoBatch,
  settings: PpoUpdateSettings,
): Promise<PpoEpoch> {
  const steps = stepsOf(items, batch.starts);
  const pick = (all: Float32Array): Float32Array => Float32Array.from(steps, (step) => all[step]!);
  const advantages = pick(batch.advantages);
  // One alone would always become 0, and the policy would learn nothing.
  const normalize = settings.normalizeAdvantages && advantages.length > 1;
  const { parameters, optimizer } = learner;
  const tape = new Tape(parameters.backend);
  try {
    parameters.zeroGradients();
    const { loss, policyLoss, valueLoss, entropy, ratios } = ppoLoss(
      tape,
      learner.evaluate(tape, items),
      {
        logProbs: pick(batch.logProbs),
        advantages: normalize ? normalized(advantages) : advantages,
        returns: pick(batch.returns),
        ...(batch.values && { values: pick(batch.values) }),
      },
      settings,
    );
    tape.backward(loss);
    optimizer.step(settings.learningRate);
    const all = ({ storage, shape }: { storage: Storage; shape: readonly number[] }): Span => ({
      storage,
      offset: 0,
      length: sizeOf(shape),
    });
    const read = [...[policyLoss, valueLoss, entropy, ratios].map(all), optimizer.squaredNorm];
    const [policy, value, spread, moved, squares] = await parameters.backend.read(read);
    const kl = approximateKl(moved!);
    const gradientNorm = Math.sqrt(squares![0]!);
    if (!Number.isFinite(policy![0]! + value![0]! + kl + gradientNorm)) throw new EngineError("diverged");
    return {
      policyLoss: policy![0]!,
      valueLoss: value![0]!,
      entropy: spread![0]!,
      kl,
      clipFraction: clipFraction(moved!, settings.clipRange),
      gradientNorm,
      stopped: kl > settings.targetKl,
    };
  } finally {
    tape.dispose();
  }
}
// #endregion

// #region kl
/**
 * How far a policy has moved, in nats, from the ratios r = p(action) now / before of actions that were drawn before: the mean of
 * (r − 1) − ln r, which is never negative and has the KL divergence as its mean (Schulman 2020, "Approximating KL Divergence").
 */
export function approximateKl(ratios: Float32Array): number {
  return ratios.reduce((sum, ratio) => sum + (ratio - 1) - Math.log(ratio), 0) / ratios.length;
}

/** Share of the ratios outside 1 ± ε. */
export function clipFraction(ratios: Float32Array, clipRange: number): number {
  return ratios.filter((ratio) => Math.abs(ratio - 1) > clipRange).length / ratios.length;
}
// #endregion

/** The steps of some sequences, one after the other. */
function stepsOf(items: Int32Array, starts: Int32Array | undefined): Int32Array {
  if (!starts) return items;
  return Int32Array.from([...items].flatMap((item) => range(starts[item]!, starts[item + 1]!)));
}

function range(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, i) => start + i);
}

/** Fisher and Yates. */
function shuffle(order: Int32Array, random: Random): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random.uniform() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
}

function meanOf(measured: readonly PpoEpoch[]): PpoEpoch {
  const over = (key: Exclude<keyof PpoEpoch, "stopped">): number => mean(measured.map((one) => one[key]));
  return {
    policyLoss: over("policyLoss"),
    valueLoss: over("valueLoss"),
    entropy: over("entropy"),
    kl: over("kl"),
    clipFraction: over("clipFraction"),
    gradientNorm: over("gradientNorm"),
    stopped: measured.some(({ stopped }) => stopped),
  };
}
