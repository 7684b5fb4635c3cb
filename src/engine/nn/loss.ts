import { crossEntropy, weightedSum } from "../tensor/ops/losses.ts";
import type { Tape, Tensor } from "../tensor/tape.ts";

// #region mean-cross-entropy
/**
 * The mean cross-entropy over the rows that have a target, in nats, as PyTorch's `nn.CrossEntropyLoss`. Zero if none has one.
 *
 * @param logits [..., classes]
 * @param targets one for each row; negative: ignored
 * @returns [1]
 */
export function meanCrossEntropy(tape: Tape, logits: Tensor, targets: Int32Array): Tensor {
  const counted = targets.reduce((count, target) => count + (target < 0 ? 0 : 1), 0);
  const shares = new Float32Array(targets.length).fill(1 / Math.max(counted, 1));
  return weightedSum(tape, crossEntropy(tape, logits, targets), shares);
}
// #endregion
