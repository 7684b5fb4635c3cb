import { EngineError } from "../errors.ts";
import type { Optimizer } from "../optim/optimizer.ts";
import type { Parameters } from "../tensor/parameters.ts";
import { Tape, type Tensor } from "../tensor/tape.ts";

// #region step
/**
 * Forward, backward, and one move of the weights.
 *
 * @param optimizer of the same parameters
 * @param forward computes the loss, [1]
 * @returns the loss before the move, and the norm of all gradients together, before clipping
 * @throws EngineError `diverged` if one of them is not finite any more; `device-lost`; `out-of-memory`
 */
export async function trainingStep(
  parameters: Parameters,
  optimizer: Optimizer,
  learningRate: number,
  forward: (tape: Tape) => Tensor,
): Promise<{ loss: number; gradientNorm: number }> {
  const { backend } = parameters;
  const tape = new Tape(backend);
  try {
    parameters.zeroGradients();
    const loss = forward(tape);
    tape.backward(loss);
    optimizer.step(learningRate);
    const [value, squares] = await backend.read([
      { storage: loss.storage, offset: 0, length: 1 },
      optimizer.squaredNorm,
    ]);
    const [mean, norm] = [value![0]!, Math.sqrt(squares![0]!)];
    if (!Number.isFinite(mean + norm)) throw new EngineError("diverged");
    return { loss: mean, gradientNorm: norm };
  } finally {
    tape.dispose();
  }
}
// #endregion
