import type { Backend } from "../backends/backend.ts";
import { wholeOf } from "../backends/storage.ts";
import { EngineError } from "../errors.ts";
import type { Seq2SeqBatch, SetAttention } from "../models/seq2seq.ts";
import { padSequences, type TokenBatch } from "../models/token-batch.ts";
import { AdamW } from "../optim/adam-w.ts";
import { decayMatrices } from "../optim/optimizer.ts";
import { shapeOver, warmupCosine } from "../optim/schedules.ts";
import { type Random, shuffled } from "../random.ts";
import { checkRanges } from "../ranges.ts";
import { indexOfLargest } from "../statistics.ts";
import { Tape, type Tensor } from "../tensor/tape.ts";
import type { HostTensor } from "../tensor/trace.ts";
import { type Experiment, type Laboratory, nextTurn } from "./experiment.ts";
import { createSeq2Seq, type Trained } from "./seq2seq-model.ts";
import { type Neighbour, nearestPairs } from "./seq2seq-neighbours.ts";
import { evenlyByLength, splitPairs } from "./seq2seq-pairs.ts";
import {
  checkLength,
  checkSeq2SeqSettings,
  MAX_LENGTH,
  type Seq2SeqSettings,
  type Side,
  stateNames,
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
  /** How many sources of this length are measured, and how many of them the model writes without a mistake; only where it was measured. */
  readonly [ofLength: `asked${number}` | `exact${number}`]: number;
};

/** "What would you write for this?" */
export interface TranslationQuestion {
  readonly kind: "translation";
  readonly source: string;
  /** Most characters to write. */
  readonly length: number;
  /** Characters that somebody has written instead of the model, by their places. */
  readonly forced?: ReadonlyMap<number, string>;
  /** Of the LSTM with attention: for the character at a place, what each of the source's weighs, instead of the model's own. */
  readonly attention?: SetAttention;
  /**
   * Intermediates to see, by name or pattern: attention over the source is `decoder.cross_attn.pattern` of the LSTM with attention and
   * `decoder.*.cross_attn.pattern` of the Transformer, the states of an LSTM are `encoder.lstm.*.hidden` and `decoder.lstm.*.hidden`.
   */
  readonly trace: readonly string[];
}

/** "Where in your training did you have states like those that you have here?" */
export interface NeighboursQuestion {
  readonly kind: "neighbours";
  readonly source: string;
  /** Most characters that the decoder writes before. */
  readonly length: number;
  /** Whose states. */
  readonly side: Side;
  /** How many pairs for each state. */
  readonly count: number;
}

export type Seq2SeqQuestion = TranslationQuestion | NeighboursQuestion;

export interface TranslationAnswer {
  readonly kind: "translation";
  /** At each place the likeliest; an empty one is the start again, which only a model that knows little writes. */
  readonly characters: readonly string[];
  /** What the model gave to each, and to the end if it came. */
  readonly probabilities: readonly number[];
  /** False where the model did not come to an end within the length. */
  readonly ended: boolean;
  /**
   * Without the axis of the batch. The encoder's tokens are the source's characters. The decoder's are the start, what was written, and the
   * end if it came: character i was chosen at token i.
   */
  readonly traces: ReadonlyMap<string, HostTensor>;
}

export interface NeighboursAnswer {
  readonly kind: "neighbours";
  /** For each state, as its trace has them, the nearest first, each of another pair. */
  readonly neighbours: readonly (readonly Neighbour[])[];
}

export type Seq2SeqAnswer = TranslationAnswer | NeighboursAnswer;

const QUESTION_RANGES = { length: { name: "要写的字数", min: 1, max: MAX_LENGTH, whole: true } };

/** Pairs of the training among which neighbours are looked for. */
const SEARCHED = 1000;
/** So many of them at a time: larger than a step's, as no gradient is kept. */
const SEARCHED_AT_ONCE = 125;
const WEIGHT_DECAY = 0.01;
const MAX_GRADIENT_NORM = 1;

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
    this.#heldOut = evenlyByLength(heldOut, settings.measured);
    this.#vocabulary = new Vocabulary(settings.pairs.flatMap(({ source, target }) => [...source, ...target]));
    this.#startId = this.#vocabulary.size;
    this.#endId = this.#startId + 1;
    this.#learner = new Training(
      createSeq2Seq(backend, random, settings, this.#endId + 1),
      (parameters) => new AdamW(backend, decayMatrices(parameters, WEIGHT_DECAY), { maxNorm: MAX_GRADIENT_NORM }),
    );
  }

  // #region train
  /** @throws EngineError `diverged` if the loss is not finite any more; `device-lost`; `out-of-memory` */
  async *run(): AsyncGenerator<Seq2SeqMetrics, void, undefined> {
    const { steps, batch, every, learningRate: peak } = this.#settings;
    let order: TextPair[] = [];
    const loss = (tape: Tape): Tensor => {
      if (order.length === 0) order = shuffled(this.#training, this.#random);
      return this.#learner.model.loss(tape, this.#batch(order.splice(0, batch)));
    };
    for await (const measured of this.#learner.run(steps, warmupCosine(shapeOver(steps, peak, 20)), loss)) {
      const due = measured.step % every === 0 || measured.step === steps;
      yield { ...measured, ...(due ? await this.#measure() : UNMEASURED) };
    }
  }
  // #endregion

  /** @throws EngineError `bad-input` for an empty source, one that is too long or has characters that the pairs do not have, or an unknown trace */
  ask(question: TranslationQuestion): Promise<TranslationAnswer>;
  ask(question: NeighboursQuestion): Promise<NeighboursAnswer>;
  ask(question: Seq2SeqQuestion): Promise<Seq2SeqAnswer>;
  async ask(question: Seq2SeqQuestion): Promise<Seq2SeqAnswer> {
    const { source, length } = question;
    checkRanges({ length }, QUESTION_RANGES);
    checkLength("原文", source);
    const ids = { ids: this.#vocabulary.encode(source), batch: 1 };
    return question.kind === "translation" ? this.#translate(ids, question) : this.#neighbours(ids, question);
  }

  async #translate(
    source: TokenBatch,
    { length, trace, forced = new Map(), attention = new Map() }: TranslationQuestion,
  ): Promise<TranslationAnswer> {
    if (attention.size > 0 && this.#settings.architecture !== "lstm-attention")
      throw new EngineError("bad-input", "只有带注意力的 LSTM 可以改注意力");
    for (const weights of attention.values()) checkWeights(weights, source.ids.length);
    const { sequences, probabilities, traces } = await this.#learner.model.translate(source, {
      ...this.#ends(length),
      trace,
      attention,
      forced: new Map([...forced].map(([place, character]) => [place, this.#vocabulary.encode([character])[0]!])),
    });
    const written = sequences[0]!;
    return {
      kind: "translation",
      characters: written.map((id) => this.#vocabulary.tokens[id] ?? ""),
      probabilities: probabilities[0]!,
      ended: written.length < length,
      traces: new Map([...traces].map(([name, { shape, data }]) => [name, { shape: shape.slice(1), data }])),
    };
  }

  async #neighbours(source: TokenBatch, { length, side, count }: NeighboursQuestion): Promise<NeighboursAnswer> {
    const { model } = this.#learner;
    const name = stateNames(this.#settings)[side];
    const { traces } = await model.translate(source, { ...this.#ends(length), trace: [name] });
    const { shape, data } = traces.get(name)!;
    const [, places = 0, width = 0] = shape;
    const states = Array.from({ length: places }, (_, place) => data.subarray(place * width, (place + 1) * width));
    const neighbours = await nearestPairs(states, evenlyByLength(this.#training, SEARCHED), {
      count,
      batch: SEARCHED_AT_ONCE,
      statesOf: async (pairs) => {
        const own = this.#batch(pairs);
        const { lengths } = side === "encoder" ? own.source : own.inputs;
        return { states: await model.states(own, name), lengths: lengths! };
      },
    });
    return { kind: "neighbours", neighbours };
  }

  #ends(maxTokens: number) {
    return { startId: this.#startId, endId: this.#endId, maxTokens, between: nextTurn };
  }

  dispose(): void {
    this.#learner.dispose();
  }

  // #region measure
  /** How well it does on what it was never trained on, over all and by the length of the source. */
  async #measure(): Promise<Pick<Seq2SeqMetrics, "exactMatch" | "tokenAccuracy">> {
    const { batch } = this.#settings;
    let [exact, right, tokens] = [0, 0, 0];
    const byLength: Record<`asked${number}` | `exact${number}`, number> = {};
    for (let at = 0; at < this.#heldOut.length; at += batch) {
      const pairs = this.#heldOut.slice(at, at + batch);
      for (const [i, rights] of (await this.#rightTokens(pairs)).entries()) {
        // Whoever finds every character after the right ones before writes them all, one after the other: no need to let it write.
        const whole = rights.every(Boolean) ? 1 : 0;
        exact += whole;
        right += rights.filter(Boolean).length;
        tokens += rights.length;
        const { length } = [...pairs[i]!.source];
        byLength[`asked${length}`] = (byLength[`asked${length}`] ?? 0) + 1;
        byLength[`exact${length}`] = (byLength[`exact${length}`] ?? 0) + whole;
      }
      await nextTurn();
    }
    return { exactMatch: exact / this.#heldOut.length, tokenAccuracy: right / tokens, ...byLength };
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

/** @throws EngineError `bad-input` for a row of attention that does not fit the source, or has what is no weight */
function checkWeights(weights: Float32Array, length: number): void {
  const usable = weights.length === length && weights.every((weight) => weight >= 0 && Number.isFinite(weight));
  if (!usable) throw new EngineError("bad-input", `注意力的一行要有 ${length} 个不小于 0 的数`);
}
