import type { Backend } from "../backends/backend.ts";
import { wholeOf } from "../backends/storage.ts";
import { EngineError } from "../errors.ts";
import { negativeSampler, SkipGram, type SkipGramBatch } from "../models/skip-gram.ts";
import { newWeights } from "../nn/weights.ts";
import { AdamW } from "../optim/adam-w.ts";
import { decayMatrices } from "../optim/optimizer.ts";
import { warmupLinear } from "../optim/schedules.ts";
import { type Random, shuffled } from "../random.ts";
import { checkRanges, type Ranges } from "../ranges.ts";
import { cosine } from "../statistics.ts";
import type { Experiment, Laboratory } from "./experiment.ts";
import { Training } from "./training.ts";
import { Vocabulary } from "./vocabulary.ts";

export interface WordVectorsSettings {
  /** What the vectors are learned from, cut into tokens, words or characters; nobody is a neighbour of tokens of another sentence. */
  readonly sentences: readonly (readonly string[])[];
  /** Numbers per vector. */
  readonly width: number;
  /** How far a neighbour may be away. For each token a distance up to this is drawn, so that near ones count for more. */
  readonly window: number;
  /** Tokens drawn for comparison with each pair of neighbours. */
  readonly negatives: number;
  /** Pairs of neighbours per step. */
  readonly batch: number;
  readonly steps: number;
  /** Of the first step; it falls towards 0 in a straight line, as in word2vec's own code. */
  readonly learningRate: number;
}

export type WordVectorsMetrics = {
  /** Steps done, from 1. */
  readonly step: number;
  /** −log σ(center · context) − Σ log σ(−center · negative), the mean over the step's pairs before the step, in nats. */
  readonly loss: number;
  /** Norm of all gradients together. */
  readonly gradientNorm: number;
  readonly learningRate: number;
};

export type WordVectorsQuestion =
  /** The vectors as they are now. */
  | { readonly kind: "vectors" }
  /** The tokens whose vectors point most nearly the same way. */
  | { readonly kind: "neighbours"; readonly token: string; readonly count: number };

export interface Neighbour {
  readonly token: string;
  /** Cosine of the angle between the vectors, −1 to 1. */
  readonly similarity: number;
}

export type WordVectorsAnswer =
  | {
      readonly kind: "vectors";
      readonly vocabulary: readonly string[];
      readonly width: number;
      /** [vocabulary × width] */
      readonly vectors: Float32Array;
    }
  /** The nearest first, the token itself left out; fewer than asked for if there are no more. */
  | { readonly kind: "neighbours"; readonly neighbours: readonly Neighbour[] };

/** What each number may be: within them a step takes a fraction of a second. */
const SETTINGS_RANGES: Ranges<WordVectorsSettings> = {
  width: { name: "宽度", min: 1, max: 256, whole: true },
  window: { name: "窗口", min: 1, max: 20, whole: true },
  negatives: { name: "负样本数", min: 1, max: 20, whole: true },
  batch: { name: "每步的对数", min: 1, max: 1024, whole: true },
  steps: { name: "步数", min: 1, max: 100_000, whole: true },
  learningRate: { name: "学习率", min: 0, max: 1000 },
};
const QUESTION_RANGES = { count: { name: "要找的个数", min: 1, max: 1000, whole: true } };
const MAX_TOKENS = 200_000;
const MAX_VOCABULARY = 20_000;

/** Learns word vectors from a text in the reader's browser: skip-gram with negative sampling (Mikolov et al. 2013). */
export class WordVectorsExperiment implements Experiment<WordVectorsMetrics, WordVectorsQuestion, WordVectorsAnswer> {
  readonly #backend: Backend;
  readonly #random: Random;
  readonly #settings: WordVectorsSettings;
  readonly #vocabulary: Vocabulary;
  readonly #sentences: readonly Int32Array[];
  readonly #learner: Training<SkipGram>;

  /** @throws EngineError `bad-input` if a setting is out of its range, or the sentences are of no use; `out-of-memory` */
  constructor({ backend, random }: Laboratory, settings: WordVectorsSettings) {
    checkRanges(settings, SETTINGS_RANGES);
    const { sentences, width } = settings;
    this.#backend = backend;
    this.#random = random;
    this.#settings = settings;
    this.#vocabulary = new Vocabulary(checkedTokens(sentences));
    const { size } = this.#vocabulary;
    if (size < 2 || size > MAX_VOCABULARY) {
      throw new EngineError("bad-input", `有 ${size} 种词元，要有 2 到 ${MAX_VOCABULARY} 种`);
    }
    this.#sentences = sentences.map((sentence) => this.#vocabulary.encode(sentence));
    // Without weight decay: the paper has none.
    this.#learner = new Training(
      new SkipGram(backend, size, width, newWeights(random)),
      (parameters) => new AdamW(backend, decayMatrices(parameters, 0)),
    );
  }

  // #region train
  /** @throws EngineError `diverged` if the loss is not finite any more; `device-lost`; `out-of-memory` */
  async *run(): AsyncGenerator<WordVectorsMetrics, void, undefined> {
    const { window, steps, learningRate: peak } = this.#settings;
    const schedule = warmupLinear({ peak, warmup: 0, total: steps });
    const pairs = neighbourPairs(this.#sentences, window, this.#random);
    const draw = negativeSampler(countsOf(this.#sentences, this.#vocabulary.size), this.#random);
    yield* this.#learner.run(
      steps,
      (step) => schedule(step - 1),
      (tape) => this.#learner.model.loss(tape, this.#batch(pairs, draw)),
    );
  }

  #batch(pairs: Iterator<Pair, never>, draw: () => number): SkipGramBatch {
    const { batch, negatives } = this.#settings;
    const taken = Array.from({ length: batch }, () => pairs.next().value);
    return {
      centers: Int32Array.from(taken, ([center]) => center),
      contexts: Int32Array.from(taken, ([, context]) => context),
      negatives: Int32Array.from({ length: batch * negatives }, draw),
    };
  }
  // #endregion

  /** @throws EngineError `bad-input` for a token that the text does not have, or a bad count */
  async ask(question: WordVectorsQuestion): Promise<WordVectorsAnswer> {
    if (question.kind === "vectors") {
      const { width } = this.#settings;
      return { kind: "vectors", vocabulary: this.#vocabulary.tokens, width, vectors: await this.#vectors() };
    }
    const { token, count } = question;
    checkRanges({ count }, QUESTION_RANGES);
    const [id] = this.#vocabulary.encode([token]);
    return { kind: "neighbours", neighbours: this.#nearest(await this.#vectors(), id!, count) };
  }

  dispose(): void {
    this.#learner.dispose();
  }

  async #vectors(): Promise<Float32Array> {
    const [vectors] = await this.#backend.read([wholeOf(this.#learner.model.centers.storage)]);
    return vectors!;
  }

  // #region nearest
  #nearest(vectors: Float32Array, id: number, count: number): Neighbour[] {
    const { width } = this.#settings;
    const vector = (i: number) => vectors.subarray(i * width, (i + 1) * width);
    const own = vector(id);
    return this.#vocabulary.tokens
      .map((token, i) => ({ token, similarity: cosine(own, vector(i)) }))
      .filter((_, i) => i !== id)
      .sort((a, b) => b.similarity - a.similarity)
      .slice(0, count);
  }
  // #endregion
}

type Pair = readonly [center: number, context: number];

// #region pairs
/** Tokens and their neighbours without end: every token of the text in turn as a center, each time through in another order. */
function* neighbourPairs(sentences: readonly Int32Array[], window: number, random: Random): Generator<Pair, never> {
  const places = sentences.flatMap((ids) => Array.from(ids, (_, at) => ({ ids, at })));
  for (;;) {
    for (const { ids, at } of shuffled(places, random)) {
      const reach = 1 + Math.floor(random.uniform() * window);
      for (let near = Math.max(0, at - reach); near <= Math.min(ids.length - 1, at + reach); near++) {
        if (near !== at) yield [ids[at]!, ids[near]!];
      }
    }
  }
}
// #endregion

/** All tokens of a text. @throws EngineError `bad-input` if one is empty, if there are too many, or none that has a neighbour */
function checkedTokens(sentences: readonly (readonly string[])[]): string[] {
  const tokens = sentences.flat();
  if (tokens.length > MAX_TOKENS) {
    throw new EngineError("bad-input", `文字有 ${tokens.length} 个词元，最多 ${MAX_TOKENS} 个`);
  }
  if (tokens.includes("")) throw new EngineError("bad-input", "有一个词元是空的");
  if (!sentences.some(({ length }) => length > 1)) throw new EngineError("bad-input", "至少一句要有两个词元");
  return tokens;
}

function countsOf(sentences: readonly Int32Array[], size: number): Uint32Array {
  const counts = new Uint32Array(size);
  for (const ids of sentences) for (const id of ids) counts[id]!++;
  return counts;
}
