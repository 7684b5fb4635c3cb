import { readBytes, type TextUnit, TextUnits } from "../analysis/text-units.ts";
import type { Backend } from "../backends/backend.ts";
import { wholeOf } from "../backends/storage.ts";
import { drawToken } from "../decoding/multinomial.ts";
import { softmax } from "../decoding/softmax.ts";
import { EngineError } from "../errors.ts";
import type { TokenBatch } from "../models/token-batch.ts";
import { newWeights } from "../nn/weights.ts";
import { AdamW } from "../optim/adam-w.ts";
import { decayMatrices } from "../optim/optimizer.ts";
import { shapeOver, warmupCosine } from "../optim/schedules.ts";
import { Random } from "../random.ts";
import { checkRanges, type Ranges } from "../ranges.ts";
import { sum } from "../statistics.ts";
import { embedding } from "../tensor/ops/embedding.ts";
import { crossEntropy } from "../tensor/ops/losses.ts";
import { Tape, type Tensor } from "../tensor/tape.ts";
import { type Experiment, type Laboratory, nextTurn } from "./experiment.ts";
import { NormModel } from "./norm-model.ts";
import { Training } from "./training.ts";

export interface TokenUnitsSettings {
  /** What the units are taken from and the model learns to continue; and what it is measured on. */
  readonly text: string;
  readonly unread: string;
  readonly unit: TextUnit;
  /** Of BPE and of WordPiece. */
  readonly merges: number;
  readonly steps: number;
  /** The highest; it rises over the first steps and falls towards 0 along half a cosine wave. */
  readonly learningRate: number;
}

export type TokenUnitsMetrics = {
  /** Steps done; the first record, 0, is of the model as it was drawn. */
  readonly step: number;
  /** Mean cross-entropy of the step's tokens before the step, in nats per token; null before the first. */
  readonly loss: number | null;
  /** Of the unread text: nats per token, and bits per character, which alone can be compared. */
  readonly unreadLoss: number;
  readonly bitsPerCharacter: number;
  /** Characters that it has read, as often as it has read them: a step has as many tokens with every unit, and not as many characters. */
  readonly charactersRead: number;
  /** Kinds of token, and characters of the unread text for each of its tokens. */
  readonly vocabulary: number;
  readonly charactersPerToken: number;
};

/** "How would you go on?" */
export interface TokenUnitsQuestion {
  readonly prompt: string;
  /** In tokens. */
  readonly length: number;
  readonly seed: number;
}

export const TOKEN_UNITS_RANGES: Ranges<TokenUnitsSettings> = {
  merges: { name: "合并次数", min: 0, max: 1000, whole: true },
  steps: { name: "步数", min: 1, max: 2000, whole: true },
  learningRate: { name: "学习率", min: 0, max: 10 },
};

const QUESTION_RANGES = { length: { name: "要写的词元数", min: 1, max: 200, whole: true } };

/** Small enough for a step to take some milliseconds. */
const [LAYERS, WIDTH, HEADS, LENGTH, BATCH] = [2, 32, 4, 32, 8] as const;
/** Of the unread text every token is predicted from at least so many before it. */
const SEEN = LENGTH / 2;
/** Steps from one measurement, and so one record, to the next. */
export const MEASURED_EVERY = 25;
/** Pieces that are measured at once. */
const AT_ONCE = 16;

/** Trains the same small GPT on a text that is cut into one or the other kind of unit, and measures it by the character. */
export class TokenUnitsExperiment implements Experiment<TokenUnitsMetrics, TokenUnitsQuestion, string> {
  readonly #backend: Backend;
  readonly #data: Random;
  readonly #settings: TokenUnitsSettings;
  readonly #units: TextUnits;
  readonly #ids: Int32Array;
  /** What the unread text is measured on: some of the read one in front of it. */
  readonly #exam: Int32Array;
  readonly #unreadCharacters: number;
  readonly #readPerToken: number;
  readonly #learner: Training<NormModel>;

  /** @throws EngineError `bad-input` if a setting is out of its range, or a text too short; `out-of-memory` */
  constructor({ backend, random }: Laboratory, settings: TokenUnitsSettings) {
    checkRanges(settings, TOKEN_UNITS_RANGES);
    const { text, unread, unit, merges } = settings;
    const [characters, unreadCharacters] = [[...text].length, [...unread].length];
    this.#units = new TextUnits(text, unit, merges);
    this.#ids = this.#units.encode(text);
    if (this.#ids.length <= LENGTH + 1) {
      throw new EngineError(
        "bad-input",
        `文字有 ${characters} 个字，切成 ${this.#ids.length} 个词元，至少要 ${LENGTH + 2} 个词元`,
      );
    }
    if (unreadCharacters === 0) throw new EngineError("bad-input", "没有留出检验用的文字");
    this.#backend = backend;
    this.#settings = settings;
    this.#unreadCharacters = unreadCharacters;
    this.#readPerToken = characters / this.#ids.length;
    this.#exam = Int32Array.from([...this.#ids.subarray(-SEEN - 1), ...this.#units.encode(unread)]);
    // Streams of their own: one seed draws the blocks alike, whatever the vocabulary.
    const [weights, data] = [random.fork(), random.fork()];
    this.#data = data;
    const shape = { layers: LAYERS, width: WIDTH, heads: HEADS, length: LENGTH };
    const config = { norm: "before", causal: true, vocabularySize: this.#units.size, ...shape } as const;
    this.#learner = new Training(
      new NormModel(backend, config, newWeights(weights)),
      (parameters) => new AdamW(backend, decayMatrices(parameters, 0), { maxNorm: 1 }),
    );
  }

  // #region train
  /** @throws EngineError `diverged` if the loss is not finite any more; `device-lost`; `out-of-memory` */
  async *run(): AsyncGenerator<TokenUnitsMetrics, void, undefined> {
    const { steps, learningRate: peak } = this.#settings;
    const { model } = this.#learner;
    const loss = (tape: Tape): Tensor => {
      const starts = Array.from({ length: BATCH }, () =>
        Math.floor(this.#data.uniform() * (this.#ids.length - LENGTH)),
      );
      return model.loss(tape, pieces(this.#ids, starts), pieces(this.#ids, starts, 1).ids);
    };
    yield { step: 0, loss: null, ...(await this.#measure(0)) };
    const rates = warmupCosine(shapeOver(steps, peak, 20));
    for await (const { step, loss: measured } of this.#learner.run(steps, rates, loss)) {
      if (step % MEASURED_EVERY === 0 || step === steps) {
        yield { step, loss: measured, ...(await this.#measure(step)) };
      }
    }
  }
  // #endregion

  /** @throws EngineError `bad-input` for an empty prompt */
  async ask({ prompt, length, seed }: TokenUnitsQuestion): Promise<string> {
    checkRanges({ length }, QUESTION_RANGES);
    const ids = [...this.#units.encode(prompt)];
    const given = ids.length;
    if (given === 0) throw new EngineError("bad-input", "先写一个字");
    const random = new Random(seed);
    while (ids.length < given + length) {
      const logits = await this.#lastLogits(Int32Array.from(ids.slice(-LENGTH)));
      ids.push(drawToken(softmax(logits), random));
      await nextTurn();
    }
    return readBytes(ids.slice(given).flatMap((id) => [...this.#units.tokens[id]!]));
  }

  dispose(): void {
    this.#learner.dispose();
  }

  // #region bits
  /** Over the unread text: each of its tokens once, in pieces that overlap, so that each is predicted from some before it. */
  async #measure(step: number) {
    const tokens = this.#exam.length - SEEN - 1;
    const nats: number[] = [];
    const all = Array.from({ length: Math.ceil(tokens / SEEN) }, (_, i) => i * SEEN);
    for (let first = 0; first < all.length; first += AT_ONCE) {
      const starts = all.slice(first, first + AT_ONCE);
      // Behind its end there is nothing to be predicted, and before the second half of a piece it was predicted by the piece before.
      const targets = pieces(this.#exam, starts, 1).ids.map((id, i) => (i % LENGTH < SEEN ? -1 : id));
      const tape = new Tape(this.#backend, "off");
      try {
        const batch = { ids: pieces(this.#exam, starts).ids.map((id) => Math.max(0, id)), batch: starts.length };
        const { storage } = crossEntropy(tape, this.#learner.model.logits(tape, batch), targets);
        const [read] = await this.#backend.read([wholeOf(storage)]);
        nats.push(sum(read!));
      } finally {
        tape.dispose();
      }
      await nextTurn();
    }
    const total = sum(nats);
    return {
      unreadLoss: total / tokens,
      bitsPerCharacter: total / Math.LN2 / this.#unreadCharacters,
      charactersRead: Math.round(step * BATCH * LENGTH * this.#readPerToken),
      vocabulary: this.#units.size,
      charactersPerToken: this.#unreadCharacters / tokens,
    };
  }
  // #endregion

  async #lastLogits(ids: Int32Array): Promise<Float32Array> {
    const tape = new Tape(this.#backend, "off");
    try {
      const logits = this.#learner.model.logits(tape, { ids, batch: 1 });
      const last = embedding(tape, logits, Int32Array.of(ids.length - 1));
      const [read] = await this.#backend.read([wholeOf(last.storage)]);
      return read!;
    } finally {
      tape.dispose();
    }
  }
}

/** Pieces of a text, or what stands so many places behind them; −1 where it has ended. */
function pieces(ids: Int32Array, starts: readonly number[], behind = 0): TokenBatch {
  const all = Int32Array.from({ length: starts.length * LENGTH }, (_, i) => {
    return ids[starts[Math.floor(i / LENGTH)]! + (i % LENGTH) + behind] ?? -1;
  });
  return { ids: all, batch: starts.length };
}
