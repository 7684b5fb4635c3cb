import type { Random } from "../random.ts";
import { checkRanges, type Ranges } from "../ranges.ts";
import { type Experiment, type Laboratory, nextTurn } from "./experiment.ts";

export interface SoftmaxScaleSettings {
  /** Queries that are drawn for each width. */
  readonly draws: number;
  /** Keys that each of them is compared with. */
  readonly keys: number;
}

/** Means over the draws of one width. "Raw" is of softmax(q · k), "scaled" of softmax(q · k / √width). */
export type SoftmaxScaleMetrics = {
  readonly width: number;
  /** Standard deviation of the scores q · k. */
  readonly deviation: number;
  /** Entropy in nats: ln(keys) where all keys have the same weight, 0 where one has all. */
  readonly entropyRaw: number;
  readonly entropyScaled: number;
  /** The largest weight. */
  readonly largestRaw: number;
  readonly largestScaled: number;
  /** Frobenius norm of the Jacobian of the weights by what softmax is given. */
  readonly gradientRaw: number;
  readonly gradientScaled: number;
};

export const SOFTMAX_SCALE_RANGES: Ranges<SoftmaxScaleSettings> = {
  draws: { name: "每个宽度抽几次", min: 10, max: 5000, whole: true },
  keys: { name: "键的个数", min: 2, max: 64, whole: true },
};

/** Of a query and a key, in numbers. */
export const WIDTHS: readonly number[] = [4, 8, 16, 32, 64, 128, 256, 512, 1024];
/** Draws between two turns of others: some milliseconds. */
const AT_ONCE = 50;

/** Why scores are divided by √d: random queries and keys of growing width, and what softmax makes of their products. */
export class SoftmaxScaleExperiment implements Experiment<SoftmaxScaleMetrics, null, null> {
  readonly #random: Random;
  readonly #settings: SoftmaxScaleSettings;

  /** @throws EngineError `bad-input` if a setting is out of its range */
  constructor({ random }: Pick<Laboratory, "random">, settings: SoftmaxScaleSettings) {
    checkRanges(settings, SOFTMAX_SCALE_RANGES);
    this.#random = random;
    this.#settings = settings;
  }

  // #region draw
  /** For each width queries and keys are drawn whose numbers are independent, of mean 0 and variance 1. */
  async *run(): AsyncGenerator<SoftmaxScaleMetrics, void, undefined> {
    const { draws, keys } = this.#settings;
    for (const width of WIDTHS) {
      const sums = {
        squares: 0,
        raw: { entropy: 0, largest: 0, gradient: 0 },
        scaled: { entropy: 0, largest: 0, gradient: 0 },
      };
      for (let draw = 0; draw < draws; draw++) {
        if (draw % AT_ONCE === 0) await nextTurn();
        const query = Float64Array.from({ length: width }, () => this.#random.normal());
        const scores = Float64Array.from({ length: keys }, () =>
          query.reduce((sum, x) => sum + x * this.#random.normal(), 0),
        );
        sums.squares += scores.reduce((sum, score) => sum + score ** 2, 0);
        for (const [kind, divisor] of [
          ["raw", 1],
          ["scaled", Math.sqrt(width)],
        ] as const) {
          const { entropy, largest, gradient } = softmaxFacts(scores.map((score) => score / divisor));
          sums[kind].entropy += entropy;
          sums[kind].largest += largest;
          sums[kind].gradient += gradient;
        }
      }
      yield {
        width,
        deviation: Math.sqrt(sums.squares / (draws * keys)),
        entropyRaw: sums.raw.entropy / draws,
        entropyScaled: sums.scaled.entropy / draws,
        largestRaw: sums.raw.largest / draws,
        largestScaled: sums.scaled.largest / draws,
        gradientRaw: sums.raw.gradient / draws,
        gradientScaled: sums.scaled.gradient / draws,
      };
    }
  }
  // #endregion

  /** There is nothing to be asked. */
  async ask(): Promise<null> {
    return null;
  }

  /** It holds nothing. */
  dispose(): void {}
}

// #region facts
/**
 * What softmax makes of some scores: the entropy of its weights in nats, the largest of them, and the Frobenius norm of its Jacobian
 * ∂pᵢ/∂sⱼ = pᵢ(δᵢⱼ − pⱼ), which is what a gradient is multiplied by on its way back.
 */
export function softmaxFacts(scores: Float64Array): { entropy: number; largest: number; gradient: number } {
  const most = scores.reduce((a, b) => Math.max(a, b));
  const exponentials = scores.map((score) => Math.exp(score - most));
  const total = exponentials.reduce((a, b) => a + b);
  const p = exponentials.map((value) => value / total);
  const squares = p.reduce((sum, value) => sum + value ** 2, 0);
  // Σᵢⱼ (pᵢ(δᵢⱼ − pⱼ))² = Σ pᵢ² − 2 Σ pᵢ³ + (Σ pᵢ²)²
  const cubes = p.reduce((sum, value) => sum + value ** 3, 0);
  return {
    entropy: p.reduce((sum, value) => (value > 0 ? sum - value * Math.log(value) : sum), 0),
    largest: 1 / total,
    gradient: Math.sqrt(Math.max(0, squares - 2 * cubes + squares ** 2)),
  };
}
// #endregion
