import { EngineError } from "../errors.ts";
import { AdamW } from "../optim/adam-w.ts";
import type { Random } from "../random.ts";
import { checkRanges, type Ranges } from "../ranges.ts";
import { bradleyTerryLoss, contradictions, type Pair, pairAccuracy, pairLoss, pairsOf } from "../rl/bradley-terry.ts";
import { deviation, dot, mean } from "../statistics.ts";
import { linear } from "../tensor/ops/linear.ts";
import { type Parameter, Parameters } from "../tensor/parameters.ts";
import { Tape } from "../tensor/tape.ts";
import { type Experiment, type Laboratory, type ModelLaboratory, nextTurn } from "./experiment.ts";
import { applyHead, type FeatureModel, type RewardHead, TextReader } from "./text-features.ts";

export interface RewardModelSettings {
  /** Texts from best to worst, as the reader has put them: each ranking of some of them. They may contradict each other. */
  readonly rankings: readonly (readonly string[])[];
  /** Whose features the reward model reads. */
  readonly model: FeatureModel;
  readonly steps: number;
  readonly learningRate: number;
  /** How strongly the weights are pulled to 0: without it a handful of pairs drives them ever further apart. */
  readonly weightDecay: number;
  /** Share of the rankings that are kept back, to measure with. */
  readonly heldOut: number;
}

export type RewardModelMetrics = {
  /** Steps done; the first record is from before the first. */
  readonly step: number;
  /** Mean of −log σ(r(better) − r(worse)) over the pairs that are learned from, in nats; ln 2 at first. */
  readonly loss: number;
  /** Share of these pairs whose better text has the higher score. */
  readonly accuracy: number | null;
  /** The same for the rankings that were kept back; null where there are none. */
  readonly heldOutLoss: number | null;
  readonly heldOutAccuracy: number | null;
  readonly pairs: number;
  readonly heldOutPairs: number;
  /** Pairs, of all, that are there the other way round as well. */
  readonly contradictions: number;
};

export type RewardModelQuestion =
  /** "What do you think of these?" */
  | { readonly kind: "score"; readonly texts: readonly string[] }
  /** The model as it is now, for `RlhfSettings.reward`. */
  | { readonly kind: "head" };

export type RewardModelAnswer =
  | { readonly kind: "score"; readonly scores: readonly number[] }
  | { readonly kind: "head"; readonly head: RewardHead };

// #region defaults
export const REWARD_MODEL_DEFAULTS: Omit<RewardModelSettings, "rankings"> = {
  model: "bert-zh",
  steps: 200,
  learningRate: 0.01,
  weightDecay: 1,
  heldOut: 0.25,
};
// #endregion

export const REWARD_MODEL_RANGES: Ranges<RewardModelSettings> = {
  steps: { name: "步数", min: 1, max: 10_000, whole: true },
  learningRate: { name: "学习率", min: 0, max: 10 },
  weightDecay: { name: "权重衰减", min: 0, max: 10 },
  heldOut: { name: "留出的比例", min: 0, max: 0.9 },
};

const MAX_RANKINGS = 1000;

/** Trains a reward model on rankings (Christiano et al. 2017; Ouyang et al. 2022): a linear layer on the features of a BERT that is frozen. */
export class RewardModelExperiment implements Experiment<RewardModelMetrics, RewardModelQuestion, RewardModelAnswer> {
  readonly #settings: RewardModelSettings;
  readonly #reader: TextReader;
  readonly #parameters: Parameters;
  /** [1, width], for features that are standardized. */
  readonly #weight: Parameter;
  readonly #optimizer: AdamW;
  readonly #texts: readonly string[];
  readonly #split: Split;
  /** Null before the texts were read. */
  #features: StandardizedFeatures | null = null;

  /** Opens the BERT. @throws EngineError as the constructor, `ModelLaboratory.open` and `TextReader.open` */
  static async open(laboratory: ModelLaboratory, settings: RewardModelSettings): Promise<RewardModelExperiment> {
    checkSettings(settings);
    const reader = TextReader.open(laboratory.backend, await laboratory.open(settings.model));
    try {
      return new RewardModelExperiment(laboratory, reader, settings);
    } catch (error) {
      reader.dispose();
      throw error;
    }
  }

  /** @param reader the experiment frees it @throws EngineError `bad-input` if a setting is out of its range, or no pair is left to learn from */
  constructor({ backend, random }: Laboratory, reader: TextReader, settings: RewardModelSettings) {
    checkSettings(settings);
    this.#settings = settings;
    this.#reader = reader;
    this.#texts = [...new Set(settings.rankings.flat())];
    this.#split = splitRankings(settings, this.#texts, random);
    this.#parameters = new Parameters(backend);
    try {
      const { width } = reader;
      this.#weight = this.#parameters.add("weight", [1, width], new Float32Array(width), true);
      const groups = [{ parameters: this.#parameters.trainable(), weightDecay: settings.weightDecay }];
      this.#optimizer = new AdamW(backend, groups);
    } catch (error) {
      this.#parameters.dispose();
      throw error;
    }
  }

  // #region train
  /** The first record takes the time to read all texts. @throws EngineError `diverged`; `device-lost`; `out-of-memory` */
  async *run(): AsyncGenerator<RewardModelMetrics, void, undefined> {
    const { training, heldOut } = this.#split;
    this.#features = standardize(await this.#reader.features(this.#texts), this.#reader.width);
    for (let step = 0; step <= this.#settings.steps; step++) {
      if (step > 0) this.#step(this.#features.data, training);
      const scores = applyHead(await this.#head(), this.#features.raw);
      if (!scores.every(Number.isFinite)) throw new EngineError("diverged");
      yield {
        step,
        loss: pairLoss(scores, training)!,
        accuracy: pairAccuracy(scores, training),
        heldOutLoss: pairLoss(scores, heldOut),
        heldOutAccuracy: pairAccuracy(scores, heldOut),
        pairs: training.length,
        heldOutPairs: heldOut.length,
        contradictions: contradictions([...training, ...heldOut]),
      };
      await nextTurn();
    }
  }

  /** Forward, backward, and one move of the weights. */
  #step(features: Float32Array, pairs: readonly Pair[]): void {
    const tape = new Tape(this.#parameters.backend);
    try {
      this.#parameters.zeroGradients();
      const texts = tape.constant(features, [this.#texts.length, this.#reader.width]);
      const loss = bradleyTerryLoss(tape, linear(tape, texts, this.#weight, null, { transposed: true }), pairs);
      tape.backward(loss);
      this.#optimizer.step(this.#settings.learningRate);
    } finally {
      tape.dispose();
    }
  }
  // #endregion

  async ask(question: RewardModelQuestion): Promise<RewardModelAnswer> {
    const head = await this.#head();
    if (question.kind === "head") return { kind: "head", head };
    return { kind: "score", scores: applyHead(head, await this.#reader.features(question.texts)) };
  }

  dispose(): void {
    this.#optimizer.dispose();
    this.#parameters.dispose();
    this.#reader.dispose();
  }

  /** The weights for features as they are, standardization worked into them. @throws EngineError `bad-input` before the first record */
  async #head(): Promise<RewardHead> {
    if (!this.#features) throw new EngineError("bad-input", "奖励模型还没有读过要学的文字");
    const features = this.#features;
    const [read] = await this.#parameters.backend.read([
      { storage: this.#weight.storage, offset: 0, length: features.mean.length },
    ]);
    const weights = Array.from(read!, (weight, j) => weight / features.deviation[j]!);
    return {
      model: this.#settings.model,
      weights,
      bias: -dot(weights, features.mean),
    };
  }
}

interface StandardizedFeatures {
  /** [texts × width] */
  readonly raw: Float32Array;
  /** [texts × width], every feature with mean 0 and deviation 1 over the texts. */
  readonly data: Float32Array;
  /** [width] */
  readonly mean: Float32Array;
  readonly deviation: Float32Array;
}

function standardize(raw: Float32Array, width: number): StandardizedFeatures {
  const texts = raw.length / width;
  const [means, deviations] = [new Float32Array(width), new Float32Array(width)];
  for (let j = 0; j < width; j++) {
    const column = Array.from({ length: texts }, (_, i) => raw[i * width + j]!);
    means[j] = mean(column);
    // A feature that does not vary says nothing, whatever it is divided by.
    deviations[j] = deviation(column) || 1;
  }
  const data = raw.map((value, i) => (value - means[i % width]!) / deviations[i % width]!);
  return { raw, mean: means, deviation: deviations, data };
}

interface Split {
  readonly training: readonly Pair[];
  readonly heldOut: readonly Pair[];
}

/** Whole rankings are kept back: pairs of one ranking say much about each other. @throws EngineError `bad-input` if no pair is left to learn from */
function splitRankings(
  { rankings, heldOut: share }: RewardModelSettings,
  texts: readonly string[],
  random: Random,
): Split {
  const numbers = new Map(texts.map((text, i) => [text, i]));
  const order = rankings
    .map((ranking) => ({ ranking, place: random.uniform() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ ranking }) => pairsOf(ranking.map((text) => numbers.get(text)!)));
  // The same text twice in a ranking is neither better nor worse than itself.
  const pairs = order.map((ranking) => ranking.filter(({ better, worse }) => better !== worse));
  const kept = Math.round(share * rankings.length);
  const split = { heldOut: pairs.slice(0, kept).flat(), training: pairs.slice(kept).flat() };
  if (split.training.length === 0) throw new EngineError("bad-input", "没有一对分出高下的文字可学");
  return split;
}

function checkSettings(settings: RewardModelSettings): void {
  checkRanges(settings, REWARD_MODEL_RANGES);
  const { length } = settings.rankings;
  if (!(length >= 1 && length <= MAX_RANKINGS)) {
    throw new EngineError("bad-input", `排序有 ${length} 个，要 1 到 ${MAX_RANKINGS} 个`);
  }
}
