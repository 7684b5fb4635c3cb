import type { Backend } from "../backends/backend.ts";
import { wholeOf } from "../backends/storage.ts";
import { EngineError } from "../errors.ts";
import type { TokenBatch } from "../models/token-batch.ts";
import { newWeights } from "../nn/weights.ts";
import { AdamW } from "../optim/adam-w.ts";
import { decayMatrices } from "../optim/optimizer.ts";
import { shapeOver, warmupCosine } from "../optim/schedules.ts";
import type { Random } from "../random.ts";
import { checkRanges, type Ranges } from "../ranges.ts";
import { indexOfLargest, mean } from "../statistics.ts";
import { embedding } from "../tensor/ops/embedding.ts";
import { crossEntropy } from "../tensor/ops/losses.ts";
import { Tape, type Tensor } from "../tensor/tape.ts";
import { type Experiment, type Laboratory, nextTurn } from "./experiment.ts";
import { NormModel } from "./norm-model.ts";
import { Training } from "./training.ts";
import { Vocabulary } from "./vocabulary.ts";

export interface MaskLeakSettings {
  /** What the model learns to continue; one token per character. */
  readonly text: string;
  /** Whether what stands behind is hidden in training. */
  readonly causal: boolean;
  readonly layers: number;
  readonly steps: number;
  /** The highest; it rises over the first steps and falls towards 0 along half a cosine wave. */
  readonly learningRate: number;
}

export type MaskLeakMetrics = {
  /** Steps done; the first record, 0, is of the model as it was drawn. */
  readonly step: number;
  /** Mean cross-entropy of the step's examples before the step, in nats per character: all places of a piece at once; null before the first. */
  readonly loss: number | null;
  /** The same where each character is predicted from those before it, and nothing else is there to be seen: as when it writes. */
  readonly writing: number;
};

export const MASK_LEAK_RANGES: Ranges<MaskLeakSettings> = {
  layers: { name: "块数", min: 1, max: 6, whole: true },
  steps: { name: "步数", min: 1, max: 2000, whole: true },
  learningRate: { name: "学习率", min: 0, max: 1 },
};

/** "How would you go on?", by the most probable character each time. */
export interface MaskLeakQuestion {
  readonly prompt: string;
  readonly length: number;
}

const QUESTION_RANGES = { length: { name: "要写的字数", min: 1, max: 100, whole: true } };

/** Small enough for a step to take some milliseconds. */
const [WIDTH, HEADS, LENGTH, BATCH] = [32, 4, 16, 8];
/** Steps from one measurement, and so one record, to the next; and the pieces on which is measured. */
export const MEASURED_EVERY = 10;
const EXAMINED = 16;

/** Trains a small GPT on a text, with its causal mask or without, and measures what it can do where nothing stands behind. */
export class MaskLeakExperiment implements Experiment<MaskLeakMetrics, MaskLeakQuestion, string> {
  readonly #backend: Backend;
  readonly #random: Random;
  readonly #settings: MaskLeakSettings;
  readonly #vocabulary: Vocabulary;
  readonly #ids: Int32Array;
  readonly #learner: Training<NormModel>;

  /** @throws EngineError `bad-input` if a setting is out of its range, or the text too short; `out-of-memory` */
  constructor({ backend, random }: Laboratory, settings: MaskLeakSettings) {
    checkRanges(settings, MASK_LEAK_RANGES);
    const characters = [...settings.text];
    if (characters.length <= LENGTH) {
      throw new EngineError("bad-input", `文字有 ${characters.length} 个字，至少要 ${LENGTH + 1} 个`);
    }
    this.#backend = backend;
    this.#settings = settings;
    this.#vocabulary = new Vocabulary(characters);
    this.#ids = this.#vocabulary.encode(characters);
    // Streams of their own: with one seed both kinds begin with the same weights and see the same pieces.
    const [weights, data] = [random.fork(), random.fork()];
    this.#random = data;
    const { layers, causal } = settings;
    const shape = { layers, width: WIDTH, heads: HEADS, length: LENGTH };
    const config = { norm: "before", causal, vocabularySize: this.#vocabulary.size, ...shape } as const;
    this.#learner = new Training(
      new NormModel(backend, config, newWeights(weights)),
      (parameters) => new AdamW(backend, decayMatrices(parameters, 0), { maxNorm: 1 }),
    );
  }

  // #region train
  /** @throws EngineError `diverged` if the loss is not finite any more; `device-lost`; `out-of-memory` */
  async *run(): AsyncGenerator<MaskLeakMetrics, void, undefined> {
    const { steps, learningRate: peak } = this.#settings;
    const { model } = this.#learner;
    const loss = (tape: Tape): Tensor => {
      const starts = Array.from({ length: BATCH }, () =>
        Math.floor(this.#random.uniform() * (this.#ids.length - LENGTH)),
      );
      return model.loss(tape, this.#pieces(starts, LENGTH), this.#following(starts));
    };
    yield { step: 0, loss: null, writing: await this.#writing() };
    for await (const { step, loss: measured } of this.#learner.run(
      steps,
      warmupCosine(shapeOver(steps, peak, 20)),
      loss,
    )) {
      if (step % MEASURED_EVERY === 0 || step === steps) yield { step, loss: measured, writing: await this.#writing() };
    }
  }
  // #endregion

  // #region write
  /** @throws EngineError `bad-input` for an empty prompt, or characters that the text does not have */
  async ask({ prompt, length }: MaskLeakQuestion): Promise<string> {
    checkRanges({ length }, QUESTION_RANGES);
    const ids = [...this.#vocabulary.encode(prompt)];
    const given = ids.length;
    if (given === 0) throw new EngineError("bad-input", "先写一个字");
    while (ids.length < given + length) {
      const [logits] = await this.#lastLogits({ ids: Int32Array.from(ids.slice(-LENGTH)), batch: 1 });
      ids.push(indexOfLargest(logits!));
      await nextTurn();
    }
    return ids
      .slice(given)
      .map((id) => this.#vocabulary.tokens[id])
      .join("");
  }
  // #endregion

  dispose(): void {
    this.#learner.dispose();
  }

  /** Over pieces spread evenly over the text: for each of their characters a pass that ends right before it. */
  async #writing(): Promise<number> {
    const starts = Array.from({ length: EXAMINED }, (_, i) => Math.floor((i / EXAMINED) * (this.#ids.length - LENGTH)));
    const losses: number[] = [];
    for (let length = 1; length <= LENGTH; length++) {
      const targets = Int32Array.from(starts, (start) => this.#ids[start + length]!);
      const tape = new Tape(this.#backend, "off");
      try {
        const batch = this.#pieces(starts, length);
        const { storage } = crossEntropy(tape, this.#last(tape, batch), targets);
        const [read] = await this.#backend.read([wholeOf(storage)]);
        losses.push(mean(read!));
      } finally {
        tape.dispose();
      }
      await nextTurn();
    }
    return mean(losses);
  }

  async #lastLogits(batch: TokenBatch): Promise<Float32Array[]> {
    const tape = new Tape(this.#backend, "off");
    try {
      return await this.#backend.read([wholeOf(this.#last(tape, batch).storage)]);
    } finally {
      tape.dispose();
    }
  }

  /** The logits behind the last token of each piece. @returns [batch, vocabularySize] */
  #last(tape: Tape, batch: TokenBatch): Tensor {
    const length = batch.ids.length / batch.batch;
    const rows = Int32Array.from({ length: batch.batch }, (_, i) => (i + 1) * length - 1);
    return embedding(tape, this.#learner.model.logits(tape, batch), rows);
  }

  #pieces(starts: readonly number[], length: number): TokenBatch {
    return {
      ids: Int32Array.from(starts.flatMap((start) => [...this.#ids.subarray(start, start + length)])),
      batch: starts.length,
    };
  }

  /** What follows each character of whole pieces. */
  #following(starts: readonly number[]): Int32Array {
    return this.#pieces(
      starts.map((start) => start + 1),
      LENGTH,
    ).ids;
  }
}
