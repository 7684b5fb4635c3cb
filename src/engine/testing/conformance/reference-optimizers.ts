import type { AdamWSettings, SgdSettings } from "../../backends/operations.ts";

/**
 * One step of an optimiser on one parameter, as PyTorch's documentation writes it; `squares` is Σ gradient² over all parameters. The
 * arrays are changed in place.
 */

export function sgd(
  parameter: Float64Array,
  gradient: Float64Array,
  velocity: Float64Array,
  squares: number,
  { learningRate, momentum, weightDecay, maxNorm }: SgdSettings,
): void {
  for (let i = 0; i < parameter.length; i++) {
    const g = gradient[i]! * clipScale(squares, maxNorm) + weightDecay * parameter[i]!;
    velocity[i] = momentum * velocity[i]! + g;
    parameter[i]! -= learningRate * velocity[i]!;
  }
}

export function adamW(
  parameter: Float64Array,
  gradient: Float64Array,
  firstMoment: Float64Array,
  secondMoment: Float64Array,
  squares: number,
  { learningRate, beta1, beta2, epsilon, weightDecay, step, maxNorm }: AdamWSettings,
): void {
  for (let i = 0; i < parameter.length; i++) {
    const g = gradient[i]! * clipScale(squares, maxNorm);
    firstMoment[i] = beta1 * firstMoment[i]! + (1 - beta1) * g;
    secondMoment[i] = beta2 * secondMoment[i]! + (1 - beta2) * g * g;
    const first = firstMoment[i]! / (1 - beta1 ** step);
    const second = secondMoment[i]! / (1 - beta2 ** step);
    parameter[i]! -= learningRate * (weightDecay * parameter[i]! + first / (Math.sqrt(second) + epsilon));
  }
}

function clipScale(squares: number, maxNorm: number): number {
  const norm = Math.sqrt(squares);
  return norm > maxNorm ? maxNorm / norm : 1;
}
