import type { Backend } from "../backends/backend.ts";
import { constant, WeightBuilder, type WeightSource } from "../nn/weights.ts";
import type { Random } from "../random.ts";
import { uniform } from "../tensor/init.ts";
import { logSigmoid, multiply } from "../tensor/ops/elementwise.ts";
import { embedding } from "../tensor/ops/embedding.ts";
import { linear } from "../tensor/ops/linear.ts";
import { weightedSum } from "../tensor/ops/losses.ts";
import { type Parameter, Parameters } from "../tensor/parameters.ts";
import type { Tape, Tensor } from "../tensor/tape.ts";

/** Words seen beside each other, and words drawn at random for comparison. */
export interface SkipGramBatch {
  /** [pairs] */
  readonly centers: Int32Array;
  /** [pairs]: a word near each center. */
  readonly contexts: Int32Array;
  /** [pairs · k]: k drawn words for each pair. */
  readonly negatives: Int32Array;
}

// #region skip-gram
/**
 * Word vectors: skip-gram with negative sampling (Mikolov et al. 2013, "Distributed Representations of Words and Phrases and their
 * Compositionality"). A word's vector learns to be near those of its neighbours and far from those of random words.
 */
export class SkipGram {
  readonly parameters: Parameters;
  /** The word vectors, [vocabularySize, width]. */
  readonly centers: Parameter;
  /** The vectors of words as neighbours, [vocabularySize, width]. */
  readonly contexts: Parameter;

  constructor(backend: Backend, vocabularySize: number, width: number, source: WeightSource) {
    this.parameters = new Parameters(backend);
    const weights = new WeightBuilder(this.parameters, source);
    const shape = [vocabularySize, width];
    // As word2vec's own code starts them.
    this.centers = weights.take("centers", shape, (random, length) => uniform(random, length, 0.5 / width));
    this.contexts = weights.take("contexts", shape, constant(0));
  }

  /** −log σ(center · context) − Σ log σ(−center · negative), the mean over the pairs. @returns [1] */
  loss(tape: Tape, { centers, contexts, negatives }: SkipGramBatch): Tensor {
    const pairs = centers.length;
    const all = pairs + negatives.length;
    const perPair = negatives.length / pairs;
    const left = Int32Array.from(
      { length: all },
      (_, i) => centers[i < pairs ? i : Math.floor((i - pairs) / perPair)]!,
    );
    const right = Int32Array.from({ length: all }, (_, i) => (i < pairs ? contexts[i]! : negatives[i - pairs]!));
    const signs = Float32Array.from({ length: all }, (_, i) => (i < pairs ? 1 : -1));

    const products = multiply(tape, embedding(tape, this.centers, left), embedding(tape, this.contexts, right));
    const width = products.shape[1]!;
    const ones = tape.constant(new Float32Array(width).fill(1), [width, 1]);
    const scores = multiply(tape, linear(tape, products, ones, null), tape.constant(signs, [all, 1]));
    return weightedSum(tape, logSigmoid(tape, scores), new Float32Array(all).fill(-1 / pairs));
  }

  dispose(): void {
    this.parameters.dispose();
  }
}
// #endregion

/**
 * Draws words for comparison: in proportion to their counts to the power ¾, as Mikolov et al. found best.
 *
 * @param counts how often each word occurs
 */
export function negativeSampler(counts: ArrayLike<number>, random: Random): () => number {
  let total = 0;
  const upTo = Float64Array.from(counts, (count) => (total += count ** 0.75));
  return () => {
    const target = random.uniform() * total;
    let [low, high] = [0, upTo.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (upTo[middle]! > target) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
