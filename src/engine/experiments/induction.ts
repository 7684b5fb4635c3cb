import { causalRoleShares, type RoleShares, repeatedTokens } from "../analysis/causal-roles.ts";
import type { Backend } from "../backends/backend.ts";
import { wholeOf } from "../backends/storage.ts";
import { EngineError } from "../errors.ts";
import { AttentionOnly } from "../models/attention-only.ts";
import { meanCrossEntropy } from "../nn/loss.ts";
import { newWeights } from "../nn/weights.ts";
import { AdamW } from "../optim/adam-w.ts";
import { decayMatrices } from "../optim/optimizer.ts";
import { shapeOver, warmupCosine } from "../optim/schedules.ts";
import type { Random } from "../random.ts";
import { maxOf, mean } from "../statistics.ts";
import { crossEntropy } from "../tensor/ops/losses.ts";
import { Tape, type Tensor } from "../tensor/tape.ts";
import { type HostTensor, Trace } from "../tensor/trace.ts";
import type { Experiment, Laboratory } from "./experiment.ts";
import { checkInductionSettings, type InductionSettings } from "./induction-settings.ts";
import { drawRepeats, LENGTH, type Repeats } from "./repeats.ts";
import { Training } from "./training.ts";

export type InductionMetrics = {
  /** Steps done; the first record, 0, is of the model as it was drawn. */
  readonly step: number;
  /** Mean cross-entropy of the step's sequences before the step, in nats; null before the first. */
  readonly loss: number | null;
  /** Of fresh sequences: over tokens that nothing before them tells, and over those of a copy. */
  readonly lossNew: number;
  readonly lossRepeated: number;
  /** Loss late in a sequence less that early in it: the in-context learning score of Olsson et al. 2022, which falls. */
  readonly contextScore: number;
  /** The prefix-matching score of the best head: the share of its attention that goes to what followed the same token before. */
  readonly prefix: number;
  /** The share that the best head of the first layer gives to the token before. */
  readonly previous: number;
  readonly gradientNorm: number | null;
  readonly learningRate: number | null;
  /** The prefix-matching score of each head, layer by layer. */
  readonly [head: `prefix${number}`]: number;
};

/** "Where do your heads look in a fresh sequence that comes twice?" */
export interface InductionQuestion {
  readonly kind: "patterns";
}

export interface InductionAnswer {
  readonly kind: "patterns";
  /** The tokens of the sequence. */
  readonly ids: readonly number[];
  /** For each layer [heads, tokens, tokens]. */
  readonly patterns: readonly HostTensor[];
}

/** Steps from one measurement, and so one record, to the next. */
export const MEASURED_EVERY = 25;
/** Sequences on which the losses are measured, and those on which heads are. */
const [EXAMINED, PROBED] = [32, 8];
/** What heads are measured on: so many different tokens, twice. */
const TWICE = 12;
/** Places early and late in a sequence, up to and without the second. */
const [EARLY, LATE] = [
  [4, 12],
  [LENGTH - 8, LENGTH],
] as const;
const WEIGHT_DECAY = 0.01;

/** Trains attention alone, one or two layers of it, on sequences in which a piece comes back. */
export class InductionExperiment implements Experiment<InductionMetrics, InductionQuestion, InductionAnswer> {
  readonly #backend: Backend;
  readonly #settings: InductionSettings;
  readonly #learner: Training<AttentionOnly>;
  readonly #data: Random;
  readonly #exam: readonly Repeats[];
  /** Sequences that come twice; the first of them is the one that is watched. */
  readonly #probes: readonly (readonly number[])[];

  /** @throws EngineError `bad-input` if a setting is out of its range, or the heads do not divide the width; `out-of-memory` */
  constructor({ backend, random }: Laboratory, settings: InductionSettings) {
    checkInductionSettings(settings);
    const { layers, width, heads, vocabulary } = settings;
    if (width % heads !== 0) throw new EngineError("bad-input", `宽度 ${width} 不能被 ${heads} 个头整除`);
    this.#backend = backend;
    this.#settings = settings;
    // Streams of their own: a model of one layer and one of two, with one seed, see the same sequences.
    const [weights, data, exam] = [random.fork(), random.fork(), random.fork()];
    this.#data = data;
    this.#exam = Array.from({ length: EXAMINED }, () => drawRepeats(exam, vocabulary));
    const probe = { from: 0, to: vocabulary, length: TWICE, times: 2 };
    this.#probes = Array.from({ length: PROBED }, () => repeatedTokens(exam, probe));
    const config = { vocabularySize: vocabulary, contextLength: LENGTH, width, layers, heads };
    this.#learner = new Training(
      new AttentionOnly(backend, config, newWeights(weights)),
      (parameters) => new AdamW(backend, decayMatrices(parameters, WEIGHT_DECAY), { maxNorm: 1 }),
    );
  }

  // #region train
  /** @throws EngineError `diverged` if the loss is not finite any more; `device-lost`; `out-of-memory` */
  async *run(): AsyncGenerator<InductionMetrics, void, undefined> {
    const { steps, batch, vocabulary, learningRate: peak } = this.#settings;
    const loss = (tape: Tape): Tensor => {
      const sequences = Array.from({ length: batch }, () => drawRepeats(this.#data, vocabulary));
      return meanCrossEntropy(tape, this.#logits(tape, sequences), targetsOf(sequences));
    };
    yield { step: 0, loss: null, gradientNorm: null, learningRate: null, ...(await this.#measure()) };
    for await (const done of this.#learner.run(steps, warmupCosine(shapeOver(steps, peak, 20)), loss)) {
      if (done.step % MEASURED_EVERY === 0 || done.step === steps) yield { ...done, ...(await this.#measure()) };
    }
  }
  // #endregion

  async ask(_question: InductionQuestion): Promise<InductionAnswer> {
    const [watched = []] = this.#probes;
    const [patterns = []] = await this.#patterns([watched]);
    return { kind: "patterns", ids: watched, patterns };
  }

  dispose(): void {
    this.#learner.dispose();
  }

  #logits(tape: Tape, sequences: readonly Repeats[]): Tensor {
    const ids = Int32Array.from(sequences.flatMap((own) => own.ids.slice(0, LENGTH)));
    return this.#learner.model.logits(tape, { ids, batch: sequences.length });
  }

  async #measure() {
    const tape = new Tape(this.#backend, "off");
    const exam = this.#exam;
    try {
      const { storage } = crossEntropy(tape, this.#logits(tape, exam), targetsOf(exam));
      const [losses] = await this.#backend.read([wholeOf(storage)]);
      const over = (wanted: (place: number, known: boolean) => boolean): number =>
        mean(
          losses!.filter((_, i) => {
            const place = (i % LENGTH) + 1;
            return wanted(place, exam[Math.floor(i / LENGTH)]!.known[place]!);
          }),
        );
      const at = ([from, to]: readonly [number, number]): number => over((place) => place >= from && place < to);
      return {
        lossNew: over((_, known) => !known),
        lossRepeated: over((_, known) => known),
        contextScore: at(LATE) - at(EARLY),
        ...(await this.#scores()),
      };
    } finally {
      tape.dispose();
    }
  }

  // #region scores
  /** What each head gives to what, on average over the sequences that come twice. */
  async #scores() {
    const shares = (await this.#patterns(this.#probes)).map((layers, i) =>
      layers.map((pattern) => causalRoleShares(this.#probes[i]!, pattern)),
    );
    const { layers, heads } = this.#settings;
    const score = (role: keyof RoleShares, layer: number, head: number): number =>
      mean(shares.map((own) => own[layer]?.[head]?.[role] ?? 0));
    const prefixes = Array.from({ length: layers * heads }, (_, i) =>
      score("induction", Math.floor(i / heads), i % heads),
    );
    const named: Record<`prefix${number}`, number> = {};
    for (const [i, prefix] of prefixes.entries()) named[`prefix${i}`] = prefix;
    return {
      prefix: maxOf(prefixes),
      previous: maxOf(Array.from({ length: heads }, (_, head) => score("previous", 0, head))),
      ...named,
    };
  }
  // #endregion

  /** Of sequences of one length: for each, of each layer, [heads, tokens, tokens]. */
  async #patterns(sequences: readonly (readonly number[])[]): Promise<HostTensor[][]> {
    const { model } = this.#learner;
    const trace = new Trace(["blocks.*.attn.pattern"], model.traceNames);
    const tape = new Tape(this.#backend, "off");
    try {
      model.logits(tape, { ids: Int32Array.from(sequences.flat()), batch: sequences.length }, trace);
      const layers = [...trace.tensors(await this.#backend.read(trace.spans)).values()];
      return sequences.map((_, i) =>
        layers.map(({ shape: [, ...shape], data }) => {
          const size = data.length / sequences.length;
          return { shape, data: data.slice(i * size, (i + 1) * size) };
        }),
      );
    } finally {
      tape.dispose();
    }
  }
}

/** The token behind each place. */
function targetsOf(sequences: readonly Repeats[]): Int32Array {
  return Int32Array.from(sequences.flatMap(({ ids }) => ids.slice(1)));
}
