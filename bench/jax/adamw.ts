import { numpy as np } from "@jax-js/jax";
import { ADAMW } from "../subject.ts";

/** The parameters, and the moments of their gradients, as flat lists of arrays. */
export type TrainingState = { parameters: np.Array[]; first: np.Array[]; second: np.Array[] };

/**
 * One step of AdamW after clipping by the global norm, as `chain(clipByGlobalNorm(…), adamw(…))` of jax-js's optax does it; that package is
 * not on the registry.
 *
 * @param step from 1, a scalar
 */
export function adamW(state: TrainingState, gradients: np.Array[], step: np.Array): TrainingState {
  const { learningRate, beta1, beta2, epsilon, weightDecay, maxNorm } = ADAMW;
  const squares = gradients.map((gradient) => np.square(gradient.ref).sum());
  const norm = np.sqrt(squares.reduce((sum, square) => sum.add(square)));
  const scale = np.minimum(np.array(maxNorm).div(norm), 1);
  const correction1 = np.array(1).sub(np.exp(step.ref.mul(Math.log(beta1))));
  const correction2 = np.array(1).sub(np.exp(step.mul(Math.log(beta2))));

  const next: TrainingState = { parameters: [], first: [], second: [] };
  gradients.forEach((unclipped, i) => {
    const gradient = unclipped.mul(scale.ref);
    const first = state.first[i]!.mul(beta1).add(gradient.ref.mul(1 - beta1));
    const second = state.second[i]!.mul(beta2).add(np.square(gradient).mul(1 - beta2));
    const root = np.sqrt(second.ref.div(correction2.ref)).add(epsilon);
    const change = first.ref.div(correction1.ref).div(root);
    next.parameters.push(state.parameters[i]!.mul(1 - learningRate * weightDecay).sub(change.mul(learningRate)));
    next.first.push(first);
    next.second.push(second);
  });
  scale.dispose();
  correction1.dispose();
  correction2.dispose();
  return next;
}
