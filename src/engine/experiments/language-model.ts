import type { Backend } from "../backends/backend.ts";
import { wholeOf } from "../backends/storage.ts";
import { sample } from "../decoding/sample.ts";
import { DEFAULT_SETTINGS } from "../decoding/settings.ts";
import { EngineError } from "../errors.ts";
import { Gpt2 } from "../models/gpt2.ts";
import { loss as gpt2Loss, nextTokens } from "../models/gpt2-plain.ts";
import { Gpt2Tree } from "../models/gpt2-tree.ts";
import { LstmLanguageModel } from "../models/lstm-lm.ts";
import { LstmTree } from "../models/lstm-tree.ts";
import type { TokenBatch } from "../models/token-batch.ts";
import type { TokenTree } from "../models/token-tree.ts";
import { newWeights } from "../nn/weights.ts";
import { AdamW } from "../optim/adam-w.ts";
import { decayMatrices, type Optimizer } from "../optim/optimizer.ts";
import { shapeOver, warmupCosine } from "../optim/schedules.ts";
import { Sgd } from "../optim/sgd.ts";
import type { Random } from "../random.ts";
import { checkRanges, type Ranges } from "../ranges.ts";
import type { Parameters } from "../tensor/parameters.ts";
import { Tape, type Tensor } from "../tensor/tape.ts";
import { type Experiment, type Laboratory, nextTurn } from "./experiment.ts";
import { Training } from "./training.ts";
import { Vocabulary } from "./vocabulary.ts";

export interface LanguageModelSettings {
  /** What the model learns to continue; one token per character. */
  readonly text: string;
  readonly architecture: "gpt2" | "lstm";
  readonly layers: number;
  readonly width: number;
  /** Attention heads; an LSTM has none, and takes no notice. */
  readonly heads: number;
  /** Characters of one training example. */
  readonly length: number;
  /** Examples per step. */
  readonly batch: number;
  readonly steps: number;
  readonly optimizer: "adamw" | "momentum" | "sgd";
  /** The highest; it rises over the first 5 % of the steps and falls towards 0 along half a cosine wave. */
  readonly learningRate: number;
}

export type LanguageModelMetrics = {
  /** Steps done, from 1. */
  readonly step: number;
  /** Mean cross-entropy of the step's examples before the step, in nats per character. */
  readonly loss: number;
  /** The same on text that is never trained on; measured now and then, otherwise null. */
  readonly validationLoss: number | null;
  /** Norm of all gradients together, before clipping. */
  readonly gradientNorm: number;
  readonly learningRate: number;
};

/** What each number may be: within them a step takes seconds at worst. */
const SETTINGS_RANGES: Ranges<LanguageModelSettings> = {
  layers: { name: "层数", min: 1, max: 12, whole: true },
  width: { name: "宽度", min: 1, max: 512, whole: true },
  heads: { name: "注意力头数", min: 1, max: 16, whole: true },
  length: { name: "每段的字数", min: 1, max: 512, whole: true },
  batch: { name: "每步的段数", min: 1, max: 256, whole: true },
  steps: { name: "步数", min: 1, max: 100_000, whole: true },
  learningRate: { name: "学习率", min: 0, max: 1000 },
};

/** "What would you write?" */
export interface LanguageModelQuestion {
  readonly prompt: string;
  readonly length: number;
  readonly temperature: number;
  readonly seed: number;
}

/** The rest is checked where text is generated. */
const QUESTION_RANGES = { length: { name: "要写的字数", min: 1, max: 1000, whole: true } };

/** One part of so many, the last of the text, is for validation. */
const PARTS = 10;
const VALIDATION_EXAMPLES = 8;
/** Steps from one validation to the next. */
const VALIDATION_PERIOD = 20;
const WEIGHT_DECAY = 0.01;
const MAX_GRADIENT_NORM = 1;

/** What training needs of either architecture. */
interface Trained {
  readonly parameters: Parameters;
  loss(tape: Tape, batch: TokenBatch): Tensor;
  tree(): TokenTree;
}

/** Trains a language model from nothing on a text, in the reader's browser. */
export class LanguageModelExperiment implements Experiment<LanguageModelMetrics, LanguageModelQuestion, string> {
  readonly #backend: Backend;
  readonly #random: Random;
  readonly #settings: LanguageModelSettings;
  readonly #vocabulary: Vocabulary;
  readonly #training: Int32Array;
  readonly #validation: Int32Array;
  readonly #learner: Training<Trained>;

  /** @throws EngineError `bad-input` if a setting is out of its range, or the text too short for its examples; `out-of-memory` */
  constructor({ backend, random }: Laboratory, settings: LanguageModelSettings) {
    checkRanges(settings, SETTINGS_RANGES);
    const { text, length } = settings;
    this.#backend = backend;
    this.#random = random;
    this.#settings = settings;
    const characters = [...text];
    this.#vocabulary = new Vocabulary(characters);
    const ids = this.#vocabulary.encode(characters);
    const end = Math.floor((ids.length * (PARTS - 1)) / PARTS);
    this.#training = ids.subarray(0, end);
    this.#validation = ids.subarray(end);
    if (this.#validation.length <= length) {
      throw new EngineError("bad-input", `文字有 ${characters.length} 个字，至少要 ${PARTS * length + 1} 个`);
    }
    const model = createModel(backend, random, settings, this.#vocabulary.size);
    this.#learner = new Training(model, (parameters) => createOptimizer(parameters, settings.optimizer));
  }

  // #region train
  /** @throws EngineError `diverged` if the loss is not finite any more; `device-lost`; `out-of-memory` */
  async *run(): AsyncGenerator<LanguageModelMetrics, void, undefined> {
    const { steps, batch, learningRate: peak } = this.#settings;
    const loss = (tape: Tape): Tensor =>
      this.#learner.model.loss(
        tape,
        this.#examples(this.#training, batch, () => this.#random.uniform()),
      );
    for await (const measured of this.#learner.run(steps, warmupCosine(shapeOver(steps, peak, 20)), loss)) {
      const validated = measured.step % VALIDATION_PERIOD === 0 || measured.step === steps;
      yield { ...measured, validationLoss: validated ? await this.#validate() : null };
    }
  }
  // #endregion

  /** @throws EngineError `bad-input` for an empty prompt, characters that the text does not have, or bad settings */
  async ask({ prompt, length, temperature, seed }: LanguageModelQuestion): Promise<string> {
    checkRanges({ length }, QUESTION_RANGES);
    const tree = this.#learner.model.tree();
    const written: number[] = [];
    try {
      const ids = [...this.#vocabulary.encode(prompt)];
      const settings = { ...DEFAULT_SETTINGS, doSample: true, temperature, seed, maxNewTokens: length };
      for await (const event of sample(tree, ids, settings)) {
        if (event.type === "token") written.push(event.token);
        await nextTurn();
      }
    } finally {
      tree.dispose();
    }
    return written.map((id) => this.#vocabulary.tokens[id]).join("");
  }

  dispose(): void {
    this.#learner.dispose();
  }

  /** Mean loss over examples spread evenly over the validation text: the same ones each time. */
  async #validate(): Promise<number> {
    let count = 0;
    const examples = this.#examples(this.#validation, VALIDATION_EXAMPLES, () => count++ / VALIDATION_EXAMPLES);
    const tape = new Tape(this.#backend, "off");
    try {
      const { storage } = this.#learner.model.loss(tape, examples);
      const [value] = await this.#backend.read([wholeOf(storage)]);
      return value![0]!;
    } finally {
      tape.dispose();
    }
  }

  /** Pieces of a text. @param place where each begins, from 0 to below 1 */
  #examples(ids: Int32Array, batch: number, place: () => number): TokenBatch {
    // One more than the length: the last one is only predicted.
    const size = this.#settings.length + 1;
    const examples = new Int32Array(batch * size);
    for (let i = 0; i < batch; i++) {
      const start = Math.floor(place() * (ids.length - size + 1));
      examples.set(ids.subarray(start, start + size), i * size);
    }
    return { ids: examples, batch };
  }
}

function createModel(
  backend: Backend,
  random: Random,
  { architecture, layers, width, heads, length }: LanguageModelSettings,
  vocabularySize: number,
): Trained {
  if (architecture === "lstm") {
    const config = { vocabularySize, embeddingWidth: width, width, layers };
    const model = new LstmLanguageModel(backend, config, newWeights(random));
    return {
      parameters: model.parameters,
      loss: (tape, batch) => model.loss(tape, batch, nextTokens(batch)),
      tree: () => new LstmTree(model),
    };
  }
  if (width % heads !== 0) throw new EngineError("bad-input", `宽度 ${width} 不能被注意力头数 ${heads} 整除`);
  const config = {
    architecture,
    vocabularySize,
    contextLength: length + 1,
    width,
    innerWidth: 4 * width,
    layers,
    heads,
    activation: "geluTanh" as const,
    epsilon: 1e-5,
    tiedHead: true,
    endIds: [],
  };
  const model = Gpt2.create(backend, config, random, { trainable: () => true });
  return {
    parameters: model.parameters,
    loss: (tape, batch) => gpt2Loss(tape, model, batch),
    tree: () => new Gpt2Tree(model),
  };
}

function createOptimizer(parameters: Parameters, kind: LanguageModelSettings["optimizer"]): Optimizer {
  const { backend } = parameters;
  const groups = decayMatrices(parameters, WEIGHT_DECAY);
  const maxNorm = MAX_GRADIENT_NORM;
  if (kind === "adamw") return new AdamW(backend, groups, { maxNorm });
  return new Sgd(backend, groups, { maxNorm, momentum: kind === "momentum" ? 0.9 : 0 });
}
