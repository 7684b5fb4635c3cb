import type { Backend } from "../backends/backend.ts";
import { wholeOf } from "../backends/storage.ts";
import { LstmSeq2Seq } from "../models/lstm-seq2seq.ts";
import {
  type GreedyOptions,
  type Seq2Seq,
  type Seq2SeqBatch,
  seq2SeqLoss,
  type Translation,
  translateGreedily,
} from "../models/seq2seq.ts";
import { padSequences, type TokenBatch } from "../models/token-batch.ts";
import { TransformerSeq2Seq } from "../models/transformer-seq2seq.ts";
import { newWeights } from "../nn/weights.ts";
import { AdamW } from "../optim/adam-w.ts";
import { decayMatrices } from "../optim/optimizer.ts";
import { shapeOver, warmupCosine } from "../optim/schedules.ts";
import { type Random, shuffled } from "../random.ts";
import { checkRanges } from "../ranges.ts";
import { indexOfLargest } from "../statistics.ts";
import type { Parameters } from "../tensor/parameters.ts";
import { Tape, type Tensor } from "../tensor/tape.ts";
import type { HostTensor } from "../tensor/trace.ts";
import { type Experiment, type Laboratory, nextTurn } from "./experiment.ts";
import {
  checkLength,
  checkSeq2SeqSettings,
  MAX_LENGTH,
  type Seq2SeqSettings,
  type TextPair,
} from "./seq2seq-settings.ts";
import { Training } from "./training.ts";
import { Vocabulary } from "./vocabulary.ts";

export type Seq2SeqMetrics = {
  /** Steps done, from 1. */
  readonly step: number;
  /** Mean cross-entropy of the step's pairs before the step, in nats per character; the end of a text counts as one. */
  readonly loss: number;
  /** The share of held-out pairs whose target the model writes without a mistake; measured now and then, otherwise null. */
  readonly exactMatch: number | null;
  /** The share of their characters, ends included, that it finds likeliest after the right ones before; as often. */
  readonly tokenAccuracy: number | null;
  /** Norm of all gradients together, before clipping. */
  readonly gradientNorm: number;
  readonly learningRate: number;
};

/** "What would you write for this?" */
export interface Seq2SeqQuestion {
  readonly source: string;
  /** Most characters to write. */
  readonly length: number;
  /**
   * Intermediates to see, by name or pattern: attention over the source is `decoder.cross_attn.pattern` of the LSTM with attention and
   * `decoder.*.cross_attn.pattern` of the Transformer, the states of an LSTM are `encoder.lstm.*.hidden` and `decoder.lstm.*.hidden`.
   */
  readonly trace: readonly string[];
}

export interface Seq2SeqAnswer {
  /** At each place the likeliest; an empty one is the start again, which only a model that knows little writes. */
  readonly characters: readonly string[];
  /** False where the model did not come to an end within the length. */
  readonly ended: boolean;
  /**
   * Without the axis of the batch. The encoder's tokens are the source's characters. The decoder's are the start, what was written, and the
   * end if it came: character i was chosen at token i.
   */
  readonly traces: ReadonlyMap<string, HostTensor>;
}

const QUESTION_RANGES = { length: { name: "要写的字数", min: 1, max: MAX_LENGTH, whole: true } };

/** One source of so many is held out; of the held-out pairs so many are measured. */
const PARTS = 10;
const MAX_HELD_OUT = 64;
/** Steps from one measurement to the next. */
const MEASURE_PERIOD = 20;
const WEIGHT_DECAY = 0.01;
const MAX_GRADIENT_NORM = 1;

/** What the experiment needs of any of the models. */
interface Trained {
  readonly parameters: Parameters;
  loss(tape: Tape, batch: Seq2SeqBatch): Tensor;
  /** [batch, length, vocabularySize] */
  logits(tape: Tape, batch: Seq2SeqBatch): Tensor;
  translate(source: TokenBatch, options: GreedyOptions): Promise<Translation>;
}

/** Trains an encoder and a decoder from nothing on pairs of texts, in the reader's browser. */
export class Seq2SeqExperiment implements Experiment<Seq2SeqMetrics, Seq2SeqQuestion, Seq2SeqAnswer> {
  readonly #backend: Backend;
  readonly #random: Random;
  readonly #settings: Seq2SeqSettings;
  readonly #training: readonly TextPair[];
  readonly #heldOut: readonly TextPair[];
  /** The characters of sources and targets; the start and the end have the two numbers behind them. */
  readonly #vocabulary: Vocabulary;
  readonly #startId: number;
  readonly #endId: number;
  readonly #learner: Training<Trained>;

  /** @throws EngineError `bad-input` if the settings cannot be used; `out-of-memory` */
  constructor({ backend, random }: Laboratory, settings: Seq2SeqSettings) {
    checkSeq2SeqSettings(settings);
    this.#backend = backend;
    this.#random = random;
    this.#settings = settings;
    const { training, heldOut } = splitPairs(settings.pairs, random);
    this.#training = training;
    this.#heldOut = heldOut.slice(0, MAX_HELD_OUT);
    this.#vocabulary = new Vocabulary(settings.pairs.flatMap(({ source, target }) => [...source, ...target]));
    this.#startId = this.#vocabulary.size;
    this.#endId = this.#startId + 1;
    this.#learner = new Training(
      createModel(backend, random, settings, this.#endId + 1),
      (parameters) => new AdamW(backend, decayMatrices(parameters, WEIGHT_DECAY), { maxNorm: MAX_GRADIENT_NORM }),
    );
  }

  // #region train
  /** @throws EngineError `diverged` if the loss is not finite any more; `device-lost`; `out-of-memory` */
  async *run(): AsyncGenerator<Seq2SeqMetrics, void, undefined> {
    const { steps, batch, learningRate: peak } = this.#settings;
    let order: TextPair[] = [];
    const loss = (tape: Tape): Tensor => {
      if (order.length === 0) order = shuffled(this.#training, this.#random);
      return this.#learner.model.loss(tape, this.#batch(order.splice(0, batch)));
    };
    for await (const measured of this.#learner.run(steps, warmupCosine(shapeOver(steps, peak, 20)), loss)) {
      const due = measured.step % MEASURE_PERIOD === 0 || measured.step === steps;
      yield { ...measured, ...(due ? await this.#measure() : UNMEASURED) };
    }
  }
  // #endregion

  /** @throws EngineError `bad-input` for an empty source, one that is too long or has characters that the pairs do not have, or an unknown trace */
  async ask({ source, length, trace }: Seq2SeqQuestion): Promise<Seq2SeqAnswer> {
    checkRanges({ length }, QUESTION_RANGES);
    checkLength("原文", source);
    const { sequences, traces } = await this.#learner.model.translate(
      { ids: this.#vocabulary.encode(source), batch: 1 },
      { startId: this.#startId, endId: this.#endId, maxTokens: length, trace, between: nextTurn },
    );
    const written = sequences[0]!;
    return {
      characters: written.map((id) => this.#vocabulary.tokens[id] ?? ""),
      ended: written.length < length,
      traces: new Map([...traces].map(([name, { shape, data }]) => [name, { shape: shape.slice(1), data }])),
    };
  }

  dispose(): void {
    this.#learner.dispose();
  }

  // #region measure
  /** How well it does on what it was never trained on. */
  async #measure(): Promise<{ exactMatch: number; tokenAccuracy: number }> {
    const { batch } = this.#settings;
    let [exact, right, tokens] = [0, 0, 0];
    for (let at = 0; at < this.#heldOut.length; at += batch) {
      for (const rights of await this.#rightTokens(this.#heldOut.slice(at, at + batch))) {
        // Whoever finds every character after the right ones before writes them all, one after the other: no need to let it write.
        if (rights.every(Boolean)) exact++;
        right += rights.filter(Boolean).length;
        tokens += rights.length;
      }
      await nextTurn();
    }
    return { exactMatch: exact / this.#heldOut.length, tokenAccuracy: right / tokens };
  }

  /** For each pair, whether each token of its target is the likeliest after those before it. */
  async #rightTokens(pairs: readonly TextPair[]): Promise<boolean[][]> {
    const batch = this.#batch(pairs);
    const tape = new Tape(this.#backend, "off");
    try {
      const { storage, shape } = this.#learner.model.logits(tape, batch);
      const [logits] = await this.#backend.read([wholeOf(storage)]);
      const [, length = 0, size = 0] = shape;
      return Array.from(batch.inputs.lengths!, (own, i) =>
        Array.from({ length: own }, (_, t) => {
          const row = i * length + t;
          return indexOfLargest(logits!.subarray(row * size, (row + 1) * size)) === batch.targets[row];
        }),
      );
    } finally {
      tape.dispose();
    }
  }
  // #endregion

  // #region batch
  /** Start, a, b, c are read, and a, b, c, end are to be said. */
  #batch(pairs: readonly TextPair[]): Seq2SeqBatch {
    const sources = pairs.map(({ source }) => [...this.#vocabulary.encode(source)]);
    const targets = pairs.map(({ target }) => [...this.#vocabulary.encode(target)]);
    return {
      source: padSequences(sources, this.#endId),
      inputs: padSequences(
        targets.map((ids) => [this.#startId, ...ids]),
        this.#endId,
      ),
      targets: padSequences(
        targets.map((ids) => [...ids, this.#endId]),
        -1,
      ).ids,
    };
  }
  // #endregion
}

const UNMEASURED = { exactMatch: null, tokenAccuracy: null };

/** Deals pairs out by their sources, the first draws of a run: a source that is held out is never trained on, with whichever target. */
export function splitPairs(pairs: readonly TextPair[], random: Random): { training: TextPair[]; heldOut: TextPair[] } {
  const sources = shuffled([...new Set(pairs.map(({ source }) => source))], random);
  const chosen = new Set(sources.slice(0, Math.ceil(sources.length / PARTS)));
  return {
    training: pairs.filter(({ source }) => !chosen.has(source)),
    heldOut: pairs.filter(({ source }) => chosen.has(source)),
  };
}

function createModel(
  backend: Backend,
  random: Random,
  { architecture, layers, width, heads }: Seq2SeqSettings,
  vocabularySize: number,
): Trained {
  const weights = newWeights(random);
  if (architecture === "transformer") {
    const sizes = { vocabularySize, width, innerWidth: 4 * width, heads };
    const config = { ...sizes, encoderLayers: layers, decoderLayers: layers, activation: "relu" as const };
    return trained(new TransformerSeq2Seq(backend, config, weights));
  }
  const vocabularies = { sourceVocabularySize: vocabularySize, targetVocabularySize: vocabularySize };
  const attention = architecture === "lstm-attention";
  return trained(
    new LstmSeq2Seq(backend, { ...vocabularies, embeddingWidth: width, width, layers, attention }, weights),
  );
}

function trained<Encoded>(model: Seq2Seq<Encoded> & { readonly parameters: Parameters }): Trained {
  return {
    parameters: model.parameters,
    loss: (tape, batch) => seq2SeqLoss(model, tape, batch),
    logits: (tape, { source, inputs }) => model.decode(tape, model.encode(tape, source), inputs),
    translate: (source, options) => translateGreedily(model, source, options),
  };
}
