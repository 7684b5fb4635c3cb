import type { Backend } from "../backends/backend.ts";
import { wholeOf } from "../backends/storage.ts";
import { EngineError } from "../errors.ts";
import type { TokenBatch } from "../models/token-batch.ts";
import { newWeights } from "../nn/weights.ts";
import { AdamW } from "../optim/adam-w.ts";
import { decayMatrices } from "../optim/optimizer.ts";
import type { Random } from "../random.ts";
import { checkRanges, type Ranges } from "../ranges.ts";
import { Scope } from "../tensor/scope.ts";
import type { Tape, Tensor } from "../tensor/tape.ts";
import type { Experiment, Laboratory } from "./experiment.ts";
import { NormModel, type NormPlace } from "./norm-model.ts";
import { Training } from "./training.ts";
import { Vocabulary } from "./vocabulary.ts";

export interface NormPlaceSettings {
  /** What the model learns to continue; one token per character. */
  readonly text: string;
  readonly norm: NormPlace;
  readonly layers: number;
  readonly steps: number;
  readonly learningRate: number;
  /** Steps in which the rate rises to that, in a straight line; it stays there afterwards. */
  readonly warmup: number;
}

export type NormPlaceMetrics = {
  /** Steps done, from 1. */
  readonly step: number;
  /** Mean cross-entropy of the step's examples before the step, in nats per character. */
  readonly loss: number;
  /** Norm of all gradients together; nothing is clipped. */
  readonly gradientNorm: number;
  /** Of the gradients of the first block's parameters, and of the last one's. */
  readonly firstBlock: number;
  readonly lastBlock: number;
  readonly learningRate: number;
};

export const NORM_PLACE_RANGES: Ranges<NormPlaceSettings> = {
  layers: { name: "块数", min: 2, max: 16, whole: true },
  steps: { name: "步数", min: 1, max: 1000, whole: true },
  learningRate: { name: "学习率", min: 0, max: 1 },
  warmup: { name: "预热", min: 0, max: 1000, whole: true },
};

/** Small enough for a step to take some milliseconds. */
const [WIDTH, HEADS, LENGTH, BATCH] = [32, 4, 16, 8];

/** Trains a small GPT with its norms in the one place or the other, and measures the gradients of its blocks on the way. */
export class NormPlaceExperiment implements Experiment<NormPlaceMetrics, null, null> {
  readonly #backend: Backend;
  readonly #random: Random;
  readonly #settings: NormPlaceSettings;
  readonly #ids: Int32Array;
  readonly #learner: Training<NormModel>;

  /** @throws EngineError `bad-input` if a setting is out of its range, or the text too short; `out-of-memory` */
  constructor({ backend, random }: Laboratory, settings: NormPlaceSettings) {
    checkRanges(settings, NORM_PLACE_RANGES);
    const characters = [...settings.text];
    if (characters.length <= LENGTH) {
      throw new EngineError("bad-input", `文字有 ${characters.length} 个字，至少要 ${LENGTH + 1} 个`);
    }
    const vocabulary = new Vocabulary(characters);
    const { norm, layers } = settings;
    const shape = { layers, width: WIDTH, heads: HEADS, length: LENGTH };
    const config = { norm, causal: true, vocabularySize: vocabulary.size, ...shape };
    this.#backend = backend;
    this.#random = random;
    this.#settings = settings;
    this.#ids = vocabulary.encode(characters);
    const model = new NormModel(backend, config, newWeights(random.fork()));
    this.#learner = new Training(model, (parameters) => new AdamW(backend, decayMatrices(parameters, 0)));
  }

  // #region train
  /** @throws EngineError `diverged` if the loss or a gradient is not finite any more; `device-lost`; `out-of-memory` */
  async *run(): AsyncGenerator<NormPlaceMetrics, void, undefined> {
    const { steps, layers, learningRate: peak, warmup } = this.#settings;
    const { model } = this.#learner;
    const rate = (step: number): number => (warmup === 0 ? peak : peak * Math.min(1, step / warmup));
    const loss = (tape: Tape): Tensor => model.loss(tape, ...this.#examples());
    for await (const measured of this.#learner.run(steps, rate, loss)) {
      const [firstBlock, lastBlock] = await this.#gradientNorms([0, layers - 1]);
      yield { ...measured, firstBlock: firstBlock!, lastBlock: lastBlock! };
    }
  }
  // #endregion

  /** There is nothing to be asked. */
  async ask(): Promise<null> {
    return null;
  }

  dispose(): void {
    this.#learner.dispose();
  }

  /** Of blocks, counted from 0: the step leaves the gradients as they were. */
  async #gradientNorms(blocks: readonly number[]): Promise<number[]> {
    const scope = new Scope(this.#backend);
    try {
      const sums = blocks.map((block) => {
        const squares = scope.zeros(1);
        for (const { gradient } of this.#learner.model.ofBlock(block)) {
          this.#backend.addSquares(squares, gradient, gradient.length);
        }
        return wholeOf(squares);
      });
      return (await this.#backend.read(sums)).map(([sum]) => Math.sqrt(sum!));
    } finally {
      scope.dispose();
    }
  }

  /** Pieces of the text, and what follows each of their characters. */
  #examples(): [TokenBatch, Int32Array] {
    const ids = new Int32Array(BATCH * LENGTH);
    const targets = new Int32Array(BATCH * LENGTH);
    for (let i = 0; i < BATCH; i++) {
      const start = Math.floor(this.#random.uniform() * (this.#ids.length - LENGTH));
      ids.set(this.#ids.subarray(start, start + LENGTH), i * LENGTH);
      targets.set(this.#ids.subarray(start + 1, start + 1 + LENGTH), i * LENGTH);
    }
    return [{ ids, batch: BATCH }, targets];
  }
}
