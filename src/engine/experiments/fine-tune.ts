import type { LabelledText } from "../analysis/character-model.ts";
import type { Backend } from "../backends/backend.ts";
import { wholeOf } from "../backends/storage.ts";
import { logSoftmax } from "../decoding/softmax.ts";
import { EngineError } from "../errors.ts";
import type { BertConfig } from "../files/config.ts";
import type { ParsedModel } from "../files/loader.ts";
import type { Tokenizer } from "../files/tokenizer.ts";
import { Bert } from "../models/bert.ts";
import { readTexts } from "../models/bert-reading.ts";
import { BertTop, type TextState } from "../models/bert-top.ts";
import { bertCheckpoint } from "../models/bert-weights.ts";
import { meanCrossEntropy } from "../nn/loss.ts";
import type { WeightSource } from "../nn/weights.ts";
import { AdamW } from "../optim/adam-w.ts";
import { decayMatrices } from "../optim/optimizer.ts";
import { shapeOver, warmupLinear } from "../optim/schedules.ts";
import { type Random, shuffled } from "../random.ts";
import { indexOfLargest } from "../statistics.ts";
import { sizeOf, Tape, type Tensor } from "../tensor/tape.ts";
import { type Experiment, type Laboratory, type ModelLaboratory, nextTurn } from "./experiment.ts";
import { checkFineTuneSettings, type FineTuneSettings, MAX_TEXTS } from "./fine-tune-settings.ts";
import { Training } from "./training.ts";

/** What one step measured. */
export type FineTuneMetrics = {
  /** Steps done; the first record, 0, is of the model with its fresh head. */
  readonly step: number;
  /** How often every training text was used. */
  readonly epoch: number;
  /** Mean cross-entropy of the step's texts before the step, in nats. */
  readonly loss: number | null;
  /** The rest is measured over all texts at the beginning and after every epoch, and null in between. */
  readonly trainingLoss: number | null;
  readonly trainingAccuracy: number | null;
  readonly validationLoss: number | null;
  readonly validationAccuracy: number | null;
  /** Of all gradients together, before clipping. */
  readonly gradientNorm: number | null;
  readonly learningRate: number | null;
};

/** "What do you take these for?" */
export interface FineTuneQuestion {
  readonly texts: readonly string[];
}

export interface TextVerdict {
  /** A probability for each class, of the pre-trained model under its fresh head. */
  readonly before: Float32Array;
  /** The same of the model as it is now. */
  readonly after: Float32Array;
  /** The model reads no more of it. */
  readonly truncated: boolean;
  /** What the vocabulary does not have. */
  readonly unknown: readonly string[];
}

export type FineTuneAnswer = readonly TextVerdict[];

const MODEL = "bert-zh";
const WEIGHT_DECAY = 0.01;
const MAX_GRADIENT_NORM = 1;
/** Texts that are read or measured together. */
const READ_TOGETHER = 16;
const NO_HEADS = { pooler: false, maskedLm: false, nextSentence: false, classes: 0 };

/**
 * Fine-tunes the last blocks of a pre-trained BERT and a new classification head. What is frozen stays in half precision; what is trained
 * is a copy of its own in full precision, so that the shipped model stays what it is, and can be asked beside it.
 */
export class FineTuneExperiment implements Experiment<FineTuneMetrics, FineTuneQuestion, FineTuneAnswer> {
  readonly #backend: Backend;
  readonly #random: Random;
  readonly #settings: FineTuneSettings;
  readonly #tokenizer: Tokenizer;
  /** The frozen blocks, with the embeddings. */
  readonly #below: Bert;
  readonly #before: BertTop;
  readonly #after: Training<BertTop>;
  /** What the frozen blocks make of the texts of the task: they are read once. */
  readonly #states = new Map<string, TextState>();

  /** @throws EngineError `bad-input` if the settings cannot be used; `out-of-memory`; as `ModelLaboratory.open` */
  static async open(laboratory: ModelLaboratory, settings: FineTuneSettings): Promise<FineTuneExperiment> {
    checkFineTuneSettings(settings);
    const { config, tokenizer, tensors } = await laboratory.open(MODEL);
    if (config.architecture !== "bert") throw new EngineError("unsupported-model", MODEL);
    return new FineTuneExperiment(laboratory, settings, config, tokenizer, tensors);
  }

  private constructor(
    { backend, random }: Laboratory,
    settings: FineTuneSettings,
    config: BertConfig,
    tokenizer: Tokenizer,
    tensors: ParsedModel["tensors"],
  ) {
    this.#backend = backend;
    this.#random = random;
    this.#settings = settings;
    this.#tokenizer = tokenizer;
    const { classes, pooling } = settings;
    const blocks = Math.min(settings.blocks, config.layers);
    const shape = { blocks, classes: classes.length, pooling };
    const withNewHead = newHead(tensors, random);
    const made: { dispose(): void }[] = [];
    const make = <T extends { dispose(): void }>(part: T): T => {
      made.push(part);
      return part;
    };
    try {
      const lower = { ...config, layers: config.layers - blocks };
      this.#below = make(new Bert(backend, lower, NO_HEADS, bertCheckpoint(tensors, true)));
      this.#before = make(new BertTop(backend, config, shape, withNewHead(true)));
      this.#after = new Training(
        new BertTop(backend, config, shape, withNewHead(false), { trainable: () => true }),
        (parameters) => new AdamW(backend, decayMatrices(parameters, WEIGHT_DECAY), { maxNorm: MAX_GRADIENT_NORM }),
      );
    } catch (error) {
      for (const part of made) part.dispose();
      throw error;
    }
  }

  // #region train
  /** @throws EngineError `diverged` if a loss is not finite any more; `device-lost`; `out-of-memory` */
  async *run(): AsyncGenerator<FineTuneMetrics, void, undefined> {
    const { training, validation, learningRate: peak, epochs, batch } = this.#settings;
    await this.#keep([...training, ...validation].map(({ text }) => text));
    const perEpoch = Math.ceil(training.length / batch);
    const steps = epochs * perEpoch;
    const untrained = { loss: null, gradientNorm: null, learningRate: null };
    yield { step: 0, epoch: 0, ...untrained, ...(await this.#measure()) };
    let order: LabelledText[] = [];
    const forward = (tape: Tape): Tensor => {
      if (order.length === 0) order = shuffled(training, this.#random);
      return this.#loss(tape, order.splice(0, batch));
    };
    for await (const measured of this.#after.run(steps, warmupLinear(shapeOver(steps, peak, 10)), forward)) {
      const { step, loss, gradientNorm, learningRate } = measured;
      const scores = order.length === 0 ? await this.#measure() : UNMEASURED;
      yield { step, epoch: step / perEpoch, loss, ...scores, gradientNorm, learningRate };
    }
  }

  /** The mean cross-entropy of some texts, forward through what is trained. */
  #loss(tape: Tape, texts: readonly LabelledText[]): Tensor {
    const states = texts.map(({ text }) => this.#states.get(text)!);
    const labels = Int32Array.from(texts, ({ label }) => label);
    return meanCrossEntropy(tape, this.#after.model.classLogits(tape, states), labels);
  }
  // #endregion

  /**
   * The texts' probabilities before fine-tuning and now, in order.
   * @throws EngineError `bad-input` for no text, an empty one, or too many; `diverged`
   */
  async ask({ texts }: FineTuneQuestion): Promise<FineTuneAnswer> {
    if (texts.length === 0 || texts.length > MAX_TEXTS) throw new EngineError("bad-input", `要 1 到 ${MAX_TEXTS} 句`);
    if (texts.some((text) => text.trim() === "")) throw new EngineError("bad-input", "句子是空的");
    const unread = texts.filter((text) => !this.#states.has(text));
    const read = new Map(unread.length > 0 ? await this.#read(unread) : []);
    const states = texts.map((text) => this.#states.get(text) ?? read.get(text)!);
    const [before, after] = [
      await this.#logProbabilities(this.#before, states),
      await this.#logProbabilities(this.#after.model, states),
    ].map((rows) => rows.map((row) => row.map(Math.exp)));
    return texts.map((text, i) => {
      const { ids, unknown } = this.#tokenizer.encode(text);
      const truncated = ids.length > this.#below.config.contextLength;
      return { before: before![i]!, after: after![i]!, truncated, unknown: unknown.map(({ char }) => char) };
    });
  }

  dispose(): void {
    for (const part of [this.#after, this.#before, this.#below]) part.dispose();
    this.#states.clear();
  }

  async #keep(texts: readonly string[]): Promise<void> {
    for (const [text, state] of await this.#read(texts)) this.#states.set(text, state);
  }

  /** What the frozen blocks make of texts; of a long one, of its beginning. */
  async #read(texts: readonly string[]): Promise<[text: string, state: TextState][]> {
    const { layers, contextLength } = this.#below.config;
    const last = layers === 0 ? "full_embed" : `blocks.${layers - 1}.normalized_resid_post`;
    const read: [string, TextState][] = [];
    for (const some of chunks(texts)) {
      const encoded = some.map((text) => {
        const { ids } = this.#tokenizer.encode(text);
        // The last token, [SEP], stays.
        const kept = ids.length > contextLength ? [...ids.slice(0, contextLength - 1), ids.at(-1)!] : ids;
        return { ids: kept, segments: kept.map(() => 0) };
      });
      const readings = await readTexts(this.#below, encoded, { trace: [last] });
      for (const [i, { traces }] of readings.entries()) read.push([some[i]!, traces.get(last)!.data]);
      await nextTurn();
    }
    return read;
  }

  async #measure() {
    const { training, validation } = this.#settings;
    const [trained, held] = [await this.#score(training), await this.#score(validation)];
    return {
      trainingLoss: trained.loss,
      trainingAccuracy: trained.accuracy,
      validationLoss: held.loss,
      validationAccuracy: held.accuracy,
    };
  }

  async #score(texts: readonly LabelledText[]): Promise<{ loss: number; accuracy: number }> {
    const states = texts.map(({ text }) => this.#states.get(text)!);
    const rows = await this.#logProbabilities(this.#after.model, states);
    let [loss, right] = [0, 0];
    for (const [i, { label }] of texts.entries()) {
      const own = rows[i]!;
      loss -= own[label]!;
      if (indexOfLargest(own) === label) right++;
    }
    return { loss: loss / texts.length, accuracy: right / texts.length };
  }

  /** @throws EngineError `diverged` if a logit is not finite */
  async #logProbabilities(top: BertTop, states: readonly TextState[]): Promise<Float32Array[]> {
    const { classes } = top.shape;
    const rows: Float32Array[] = [];
    for (const some of chunks(states)) {
      const tape = new Tape(this.#backend, "off");
      try {
        const { storage } = top.classLogits(tape, some);
        const [logits] = await this.#backend.read([wholeOf(storage)]);
        if (!logits!.every(Number.isFinite)) throw new EngineError("diverged");
        for (const i of some.keys()) rows.push(logSoftmax(logits!.subarray(i * classes, (i + 1) * classes)));
      } finally {
        tape.dispose();
      }
      await nextTurn();
    }
    return rows;
  }
}

const UNMEASURED = { trainingLoss: null, trainingAccuracy: null, validationLoss: null, validationAccuracy: null };

/** Sources of the checkpoint's weights under a new classifier, which is drawn once: whoever asks again gets the same. */
function newHead(tensors: ParsedModel["tensors"], random: Random): (packed: boolean) => WeightSource {
  const drawn = new Map<string, Float32Array>();
  return (packed) => {
    const checkpoint = bertCheckpoint(tensors, packed);
    return (name, shape, initialize) => {
      if (!name.startsWith("classifier.")) return checkpoint(name, shape, initialize);
      const numbers = drawn.get(name) ?? initialize(random, sizeOf(shape));
      drawn.set(name, numbers);
      return numbers;
    };
  };
}

function chunks<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / READ_TOGETHER) }, (_, i) =>
    items.slice(i * READ_TOGETHER, (i + 1) * READ_TOGETHER),
  );
}
