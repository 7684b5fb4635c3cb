import { EngineError } from "../../errors.ts";
import { matrixOf, sizeOf, type Tape, type Tensor } from "../tape.ts";

/**
 * −log softmax(logits)[target] of every row, in nats; 0, and no gradient, where the target is negative ("ignore").
 *
 * @param logits [..., classes]
 * @param targets one for each row
 * @returns [rows]
 */
export function crossEntropy(tape: Tape, logits: Tensor, targets: Int32Array): Tensor {
  const { backend } = tape;
  const { rows, width: columns } = matrixOf(logits);
  if (targets.length !== rows) throw new EngineError("internal", `${targets.length} targets for [${logits.shape}]`);
  const wrong = targets.find((target) => target >= columns);
  if (wrong !== undefined) throw new EngineError("internal", `class ${wrong} of ${columns}`);
  const placedTargets = tape.indices(targets);
  const y = tape.result([rows], [logits]);
  backend.crossEntropy(y.storage, logits.storage, placedTargets, rows, columns);
  tape.record(y, (dy) => {
    if (logits.gradient) {
      backend.crossEntropyGradient(logits.gradient, logits.storage, placedTargets, dy, rows, columns);
    }
  });
  return y;
}

/**
 * −Σ p log p of every row, p = softmax(logits), in nats.
 *
 * @param logits [..., classes]
 * @returns [rows]
 */
export function entropy(tape: Tape, logits: Tensor): Tensor {
  const { backend } = tape;
  const { rows, width: columns } = matrixOf(logits);
  const y = tape.result([rows], [logits]);
  backend.entropy(y.storage, logits.storage, rows, columns);
  tape.record(y, (dy) => {
    if (logits.gradient) backend.entropyGradient(logits.gradient, logits.storage, dy, rows, columns);
  });
  return y;
}

/**
 * Σ weights[i] · x[i]: a mean, a masked mean, or one number picked out.
 *
 * @returns [1]
 */
export function weightedSum(tape: Tape, x: Tensor, weights: Float32Array): Tensor {
  const { backend } = tape;
  const length = sizeOf(x.shape);
  if (weights.length !== length) throw new EngineError("internal", `${weights.length} weights for [${x.shape}]`);
  const placed = tape.memory.upload(weights);
  const y = tape.result([1], [x]);
  backend.linear(y.storage, x.storage, placed, null, { rows: 1, inner: length, columns: 1 });
  tape.record(y, (dy) => {
    if (x.gradient) {
      backend.linear(x.gradient, dy, placed, null, { rows: 1, inner: 1, columns: length, accumulate: true });
    }
  });
  return y;
}
