import type { Backend } from "../backends/backend.ts";
import { wholeOf } from "../backends/storage.ts";
import { EngineError, toEngineError } from "../errors.ts";
import type { TokenBatch } from "../models/token-batch.ts";
import { newWeights } from "../nn/weights.ts";
import { AdamW } from "../optim/adam-w.ts";
import { decayMatrices, type Optimizer } from "../optim/optimizer.ts";
import { Sgd } from "../optim/sgd.ts";
import { Random } from "../random.ts";
import { checkRanges, type Ranges } from "../ranges.ts";
import type { Parameters } from "../tensor/parameters.ts";
import { Tape } from "../tensor/tape.ts";
import { type Experiment, type Laboratory, nextTurn } from "./experiment.ts";
import { type Slice, sliceThrough } from "./loss-slice.ts";
import { NormModel } from "./norm-model.ts";
import { type RateChange, type RateShape, ratePlan, readChanges } from "./rate-plan.ts";
import { type StepMetrics, Training } from "./training.ts";
import { Vocabulary } from "./vocabulary.ts";

export const RACERS = ["sgd", "momentum", "adamw"] as const;
export type Racer = (typeof RACERS)[number];

export interface OptimizerRaceSettings {
  /** What all three learn to continue, character by character; and what they are measured on. */
  readonly text: string;
  readonly unread: string;
  readonly steps: number;
  /** The learning rates. */
  readonly sgd: number;
  readonly momentum: number;
  readonly adamw: number;
  readonly shape: RateShape;
  /** What is changed on the way, as `writeChanges` writes it. */
  readonly changes: string;
}

/** Of each racer; null once it has diverged, and where nothing was measured. */
type RacerMetrics = {
  /** Mean cross-entropy of the step's pieces before the step, in nats per character. */
  readonly [loss in `${Racer}Loss`]: number | null;
} & {
  /** Norm of all gradients together; nothing is clipped. */
  readonly [norm in `${Racer}Norm`]: number | null;
} & {
  /** The loss on the unread text after the step; measured now and then. */
  readonly [unread in `${Racer}Unread`]: number | null;
} & { readonly [rate in `${Racer}Rate`]: number | null };

export type OptimizerRaceMetrics = RacerMetrics & {
  /** Steps done, from 1. */
  readonly step: number;
};

export type OptimizerRaceQuestion =
  /** From the next step on. */
  | { readonly kind: "change"; readonly to: RateChange["to"] }
  /** "What does the loss look like around where you are?" */
  | { readonly kind: "slice"; readonly cells: number };

export type OptimizerRaceAnswer =
  | { readonly kind: "change"; readonly change: RateChange }
  | ({ readonly kind: "slice" } & RaceSlice);

/** A plane through the ends of the runs; what has diverged has none, and the common beginning stands for it. */
export interface RaceSlice extends Slice {
  /** Where each racer came by, projected on the plane; the last point is where it is now. None of one that has diverged. */
  readonly paths: readonly { readonly racer: Racer; readonly points: readonly (readonly [x: number, y: number])[] }[];
}

export const OPTIMIZER_RACE_RANGES: Ranges<OptimizerRaceSettings> = {
  steps: { name: "步数", min: 1, max: 2000, whole: true },
  sgd: { name: "SGD 的学习率", min: 0, max: 10 },
  momentum: { name: "动量的学习率", min: 0, max: 10 },
  adamw: { name: "AdamW 的学习率", min: 0, max: 10 },
};

const QUESTION_RANGES = { cells: { name: "格数", min: 2, max: 41, whole: true } };

/** Small enough for a step of all three to take some milliseconds. */
const [LAYERS, WIDTH, HEADS, LENGTH, BATCH] = [2, 32, 4, 16, 8] as const;
const MOMENTUM = 0.9;
const WEIGHT_DECAY = 0.01;
/** Steps from one measurement on the unread text to the next, and pieces of it. */
export const MEASURED_EVERY = 20;
const EXAMINED = 24;

interface Runner {
  readonly racer: Racer;
  readonly learner: Training<NormModel>;
  readonly steps: AsyncGenerator<StepMetrics, void, undefined>;
  /** Its weights at the measurements, from the beginning on. */
  readonly stops: Float32Array[];
  diverged: boolean;
}

/** Three optimisers move three models that began alike, by the same pieces of text. */
export class OptimizerRaceExperiment
  implements Experiment<OptimizerRaceMetrics, OptimizerRaceQuestion, OptimizerRaceAnswer>
{
  readonly #backend: Backend;
  readonly #settings: OptimizerRaceSettings;
  readonly #data: Random;
  readonly #ids: Int32Array;
  readonly #exam: [TokenBatch, Int32Array];
  readonly #changes: RateChange[];
  readonly #runners: Runner[] = [];
  /** Its weights are put in from outside: what the slice is measured with. */
  readonly #probe: NormModel;
  #batch: [TokenBatch, Int32Array];
  #done = 0;

  /** @throws EngineError `bad-input` if a setting is out of its range, or a text too short; `out-of-memory` */
  constructor({ backend, random }: Laboratory, settings: OptimizerRaceSettings) {
    checkRanges(settings, OPTIMIZER_RACE_RANGES);
    const { text, unread } = settings;
    for (const read of [text, unread]) {
      const { length } = [...read];
      if (length <= LENGTH) throw new EngineError("bad-input", `文字有 ${length} 个字，至少要 ${LENGTH + 1} 个`);
    }
    const vocabulary = new Vocabulary(text + unread);
    this.#backend = backend;
    this.#settings = settings;
    this.#changes = readChanges(settings.changes);
    this.#ids = vocabulary.encode(text);
    // Streams of their own; the first is begun anew for each model, so that all have the same weights.
    const [weights, data] = [random.uint32(), random.fork()];
    this.#data = data;
    this.#batch = this.#draw();
    const exam = vocabulary.encode(unread);
    const last = exam.length - LENGTH - 1;
    this.#exam = pieces(
      exam,
      Array.from({ length: EXAMINED }, (_, i) => Math.floor((i / (EXAMINED - 1)) * last)),
    );
    const shape = { layers: LAYERS, width: WIDTH, heads: HEADS, length: LENGTH };
    const config = { norm: "before", causal: true, vocabularySize: vocabulary.size, ...shape } as const;
    const model = () => new NormModel(backend, config, newWeights(new Random(weights)));
    try {
      for (const racer of RACERS) this.#runners.push(this.#runner(racer, model()));
      this.#probe = model();
    } catch (error) {
      for (const { learner } of this.#runners) learner.dispose();
      throw error;
    }
  }

  #runner(racer: Racer, model: NormModel): Runner {
    const learner = new Training(model, (parameters) => optimizerOf(racer, parameters));
    // A function of its own for each step, as the plan may be another one by then.
    const { shape, steps } = this.#settings;
    const rate = (step: number): number => this.#settings[racer] * ratePlan(shape, this.#changes, steps)(step);
    const run = learner.run(steps, rate, (tape) => model.loss(tape, ...this.#batch));
    return { racer, learner, steps: run, stops: [], diverged: false };
  }

  // #region race
  /** Whoever diverges falls out; the others go on. It ends when nobody is left. @throws EngineError `device-lost`; `out-of-memory` */
  async *run(): AsyncGenerator<OptimizerRaceMetrics, void, undefined> {
    const { steps } = this.#settings;
    for (const runner of this.#runners) runner.stops.push(await this.#weightsOf(runner));
    for (let step = 1; step <= steps; step++) {
      const measured = step % MEASURED_EVERY === 0 || step === steps;
      const record: Record<string, number | null> = { step };
      for (const runner of this.#runners) {
        const done = await stepOf(runner);
        const unread = done && measured ? await this.#unread(runner.learner.model) : null;
        if (done && measured) runner.stops.push(await this.#weightsOf(runner));
        record[`${runner.racer}Loss`] = done?.loss ?? null;
        record[`${runner.racer}Norm`] = done?.gradientNorm ?? null;
        record[`${runner.racer}Rate`] = done?.learningRate ?? null;
        record[`${runner.racer}Unread`] = unread;
      }
      this.#batch = this.#draw();
      this.#done = step;
      yield record as OptimizerRaceMetrics;
      if (this.#runners.every(({ diverged }) => diverged)) return;
    }
  }
  // #endregion

  /** @throws EngineError `bad-input` for a slice before the first step, or where all have diverged */
  async ask(question: OptimizerRaceQuestion): Promise<OptimizerRaceAnswer> {
    if (question.kind === "change") {
      const change = { step: this.#done + 1, to: question.to };
      this.#changes.push(change);
      return { kind: "change", change };
    }
    checkRanges({ cells: question.cells }, QUESTION_RANGES);
    return { kind: "slice", ...(await this.#slice(question.cells)) };
  }

  dispose(): void {
    for (const { learner } of this.#runners) learner.dispose();
    this.#probe.parameters.dispose();
  }

  // #region slice
  async #slice(cells: number): Promise<RaceSlice> {
    const there = this.#runners.filter(({ diverged }) => !diverged);
    const start = this.#runners[0]!.stops[0];
    if (!start || there.length === 0) throw new EngineError("bad-input", "还没有训练过的权重");
    const now = await Promise.all(there.map((runner) => this.#weightsOf(runner)));
    const tracks = there.map(({ racer, stops }, i) => ({ racer, stops: [...stops, now[i]!] }));
    const slice = await sliceThrough(
      [...now, start],
      tracks.map(({ stops }) => stops),
      cells,
      (weights) => this.#lossAt(weights),
    );
    const paths = tracks.map(({ racer }, i) => ({ racer, points: slice.tracks[i]! }));
    return { ...slice, paths };
  }

  async #lossAt(weights: Float32Array): Promise<number> {
    let offset = 0;
    for (const { storage, gradient } of this.#probe.parameters.trainable()) {
      this.#backend.upload(storage, weights.subarray(offset, offset + gradient.length));
      offset += gradient.length;
    }
    const loss = await this.#unread(this.#probe);
    await nextTurn();
    return loss;
  }
  // #endregion

  async #unread(model: NormModel): Promise<number> {
    const tape = new Tape(this.#backend, "off");
    try {
      const { storage } = model.loss(tape, ...this.#exam);
      const [read] = await this.#backend.read([wholeOf(storage)]);
      return read![0]!;
    } finally {
      tape.dispose();
    }
  }

  /** All weights of a runner's model, one after the other. */
  async #weightsOf({ learner }: Runner): Promise<Float32Array> {
    const parameters = learner.model.parameters.trainable();
    const all = await this.#backend.read(parameters.map(({ storage }) => wholeOf(storage)));
    const weights = new Float32Array(all.reduce((length, part) => length + part.length, 0));
    let offset = 0;
    for (const part of all) {
      weights.set(part, offset);
      offset += part.length;
    }
    return weights;
  }

  #draw(): [TokenBatch, Int32Array] {
    const starts = Array.from({ length: BATCH }, () => Math.floor(this.#data.uniform() * (this.#ids.length - LENGTH)));
    return pieces(this.#ids, starts);
  }
}

// #region optimizers
function optimizerOf(racer: Racer, parameters: Parameters): Optimizer {
  const { backend } = parameters;
  const groups = decayMatrices(parameters, WEIGHT_DECAY);
  if (racer === "adamw") return new AdamW(backend, groups);
  return new Sgd(backend, groups, { momentum: racer === "momentum" ? MOMENTUM : 0 });
}
// #endregion

/** @returns undefined from the step on whose loss or gradient is not finite */
async function stepOf(runner: Runner): Promise<StepMetrics | undefined> {
  if (runner.diverged) return undefined;
  try {
    const { value } = await runner.steps.next();
    return value ?? undefined;
  } catch (error) {
    if (toEngineError(error).code !== "diverged") throw error;
    runner.diverged = true;
    return undefined;
  }
}

/** Pieces of a text, and what follows each of their characters. */
function pieces(ids: Int32Array, starts: readonly number[]): [TokenBatch, Int32Array] {
  const at = (i: number): number => starts[Math.floor(i / LENGTH)]! + (i % LENGTH);
  const length = starts.length * LENGTH;
  const batch = { ids: Int32Array.from({ length }, (_, i) => ids[at(i)]!), batch: starts.length };
  return [batch, Int32Array.from({ length }, (_, i) => ids[at(i) + 1]!)];
}
