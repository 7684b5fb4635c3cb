import type { Random } from "../random.ts";
import { norm } from "../statistics.ts";
import { MIN_PROBABILITY, neighbourProbabilities } from "./affinities.ts";
import type { SymmetricMatrix } from "./gram.ts";

/** For so many steps all attraction is multiplied, so that clusters find together while there is still room to move. */
export const EXAGGERATED_STEPS = 250;
const EXAGGERATION = 12;
const START_SPREAD = 1e-4;
const MIN_GAIN = 0.01;

/** What a step measured, before it moved the points. */
export interface TsneStep {
  /** Kullback–Leibler divergence between the neighbours in space and on the map, in nats; without exaggeration. */
  readonly divergence: number;
  readonly gradientNorm: number;
}

/**
 * A map of points in the plane on which neighbours in space are neighbours again: t-SNE (van der Maaten & Hinton 2008), by gradient descent
 * with momentum and gains, with the constants of scikit-learn. What it keeps is who is near whom; distances between
 * clusters, and their sizes, mean nothing (Wattenberg et al. 2016).
 */
export class Tsne {
  /** [n × 2], as it stands. */
  readonly positions: Float64Array;
  readonly #near: SymmetricMatrix;
  readonly #learningRate: number;
  readonly #velocity: Float64Array;
  readonly #gains: Float64Array;
  #steps = 0;

  /** @param distances squared @throws EngineError `bad-input`, as `neighbourProbabilities` */
  constructor(distances: SymmetricMatrix, perplexity: number, random: Random) {
    const { size } = distances;
    this.#near = neighbourProbabilities(distances, perplexity);
    this.#learningRate = Math.max(size / EXAGGERATION / 4, 50);
    this.positions = Float64Array.from({ length: 2 * size }, () => START_SPREAD * random.normal());
    this.#velocity = new Float64Array(2 * size);
    this.#gains = new Float64Array(2 * size).fill(1);
  }

  /** One step of the descent. */
  step(): TsneStep {
    const early = this.#steps++ < EXAGGERATED_STEPS;
    const { gradient, divergence } = tsneGradient(this.#near, this.positions, early ? EXAGGERATION : 1);
    const momentum = early ? 0.5 : 0.8;
    for (let i = 0; i < gradient.length; i++) {
      // A coordinate that keeps its course speeds up, one that overshot slows down (Jacobs 1988).
      const kept = gradient[i]! * this.#velocity[i]! < 0;
      this.#gains[i] = Math.max(MIN_GAIN, kept ? this.#gains[i]! + 0.2 : this.#gains[i]! * 0.8);
      this.#velocity[i] = momentum * this.#velocity[i]! - this.#learningRate * this.#gains[i]! * gradient[i]!;
      this.positions[i]! += this.#velocity[i]!;
    }
    return { divergence, gradientNorm: norm(gradient) };
  }
}

// #region gradient
/**
 * On the map, i and j are neighbours with q[i, j] ∝ 1 / (1 + distance²), whose long tails leave room for what is not near. The divergence
 * KL(p ‖ q) and its gradient, 4 Σⱼ (p[i, j] − q[i, j]) (yᵢ − yⱼ) / (1 + |yᵢ − yⱼ|²).
 *
 * @param exaggeration by which p is multiplied in the gradient
 */
export function tsneGradient(
  { data: p, size }: SymmetricMatrix,
  positions: Float64Array,
  exaggeration = 1,
): { readonly gradient: Float64Array; readonly divergence: number } {
  const kernel = new Float64Array(size * size);
  let total = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) {
      const dx = positions[2 * i]! - positions[2 * j]!;
      const dy = positions[2 * i + 1]! - positions[2 * j + 1]!;
      const near = 1 / (1 + dx * dx + dy * dy);
      kernel[i * size + j] = near;
      kernel[j * size + i] = near;
      total += 2 * near;
    }
  }
  const gradient = new Float64Array(2 * size);
  let divergence = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      if (i === j) continue;
      const near = kernel[i * size + j]!;
      const own = p[i * size + j]!;
      const q = Math.max(MIN_PROBABILITY, near / total);
      divergence += own * Math.log(own / q);
      const pull = 4 * (exaggeration * own - q) * near;
      gradient[2 * i]! += pull * (positions[2 * i]! - positions[2 * j]!);
      gradient[2 * i + 1]! += pull * (positions[2 * i + 1]! - positions[2 * j + 1]!);
    }
  }
  return { gradient, divergence };
}
// #endregion
