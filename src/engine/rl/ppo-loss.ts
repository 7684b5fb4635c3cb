import { EngineError } from "../errors.ts";
import { add, affine, clamp, exp, minimum, multiply, square, subtract } from "../tensor/ops/elementwise.ts";
import { weightedSum } from "../tensor/ops/losses.ts";
import { sizeOf, type Tape, type Tensor } from "../tensor/tape.ts";

/** What the networks say now of the steps of a batch; [steps] each. */
export interface PpoOutputs {
  /** log p(action). */
  readonly logProbs: Tensor;
  readonly entropies: Tensor;
  readonly values: Tensor;
}

/** What was recorded when the steps were taken; [steps] each. */
export interface PpoTargets {
  readonly logProbs: Float32Array;
  readonly advantages: Float32Array;
  readonly returns: Float32Array;
  /** What the value function said, where its changes are clipped. */
  readonly values?: Float32Array;
}

export interface PpoSettings {
  /** ε: how far the ratio of probabilities may move from 1 before its gradient is cut off. */
  readonly clipRange: number;
  /** How far a value may move before its gradient is cut off; as far as it likes where it is left out. */
  readonly valueClipRange?: number;
  readonly valueCoefficient: number;
  readonly entropyCoefficient: number;
}

/** [1] each, but for `ratios` [steps] = p(action) now / when it was taken. */
export interface PpoLoss {
  /** policyLoss + valueCoefficient · valueLoss − entropyCoefficient · entropy. */
  readonly loss: Tensor;
  readonly policyLoss: Tensor;
  readonly valueLoss: Tensor;
  readonly entropy: Tensor;
  readonly ratios: Tensor;
}

// #region ppo-loss
/**
 * Proximal policy optimisation's clipped objective, with a value loss and an entropy bonus (Schulman et al. 2017, equations 7 and 9; the bonus
 * is older: Williams & Peng 1991, Mnih et al. 2016).
 */
export function ppoLoss(
  tape: Tape,
  { logProbs, entropies, values }: PpoOutputs,
  targets: PpoTargets,
  { clipRange, valueClipRange, valueCoefficient, entropyCoefficient }: PpoSettings,
): PpoLoss {
  const constant = (data: Float32Array): Tensor => tape.constant(data, [data.length]);
  const advantages = constant(targets.advantages);

  const ratios = exp(tape, subtract(tape, logProbs, constant(targets.logProbs)));
  const clipped = clamp(tape, ratios, 1 - clipRange, 1 + clipRange);
  const gain = minimum(tape, multiply(tape, ratios, advantages), multiply(tape, clipped, advantages));
  const policyLoss = affine(tape, mean(tape, gain), -1);

  const valueLoss = mean(tape, valueErrors(tape, values, targets, valueClipRange));
  const entropy = mean(tape, entropies);
  const weighted = [affine(tape, valueLoss, valueCoefficient), affine(tape, entropy, -entropyCoefficient)];
  const loss = weighted.reduce((sum, term) => add(tape, sum, term), policyLoss);
  return { loss, policyLoss, valueLoss, entropy, ratios };
}
// #endregion

// #region value-errors
/**
 * (value − return)², [steps]. With a clip range, the larger of it and of what it would be had the value moved no further than that: a
 * value that has moved so far already has no gradient left that way (not in the paper, but in OpenAI's code: Baselines' ppo2, and
 * lm-human-preferences of Ziegler et al. 2019).
 */
function valueErrors(tape: Tape, values: Tensor, targets: PpoTargets, clipRange: number | undefined): Tensor {
  const returns = tape.constant(targets.returns, values.shape);
  const errors = square(tape, subtract(tape, values, returns));
  if (clipRange === undefined) return errors;
  if (!targets.values) throw new EngineError("internal", "values are clipped, but nobody says what they were");
  const before = tape.constant(targets.values, values.shape);
  const held = add(tape, before, clamp(tape, subtract(tape, values, before), -clipRange, clipRange));
  return maximum(tape, errors, square(tape, subtract(tape, held, returns)));
}
// #endregion

function maximum(tape: Tape, a: Tensor, b: Tensor): Tensor {
  return affine(tape, minimum(tape, affine(tape, a, -1), affine(tape, b, -1)), -1);
}

function mean(tape: Tape, x: Tensor): Tensor {
  const length = sizeOf(x.shape);
  return weightedSum(tape, x, new Float32Array(length).fill(1 / length));
}
