import type { Backend } from "../backends/backend.ts";
import { wholeOf } from "../backends/storage.ts";
import { logSoftmax } from "../decoding/softmax.ts";
import { EngineError } from "../errors.ts";
import type { BertConfig } from "../files/config.ts";
import type { ParsedModel } from "../files/loader.ts";
import { Bert, type BertBatch } from "../models/bert.ts";
import { type ChosenToken, chooseTokens, seenIds } from "../models/bert-masking.ts";
import { AdamW } from "../optim/adam-w.ts";
import { decayMatrices } from "../optim/optimizer.ts";
import { constant } from "../optim/schedules.ts";
import { mean } from "../statistics.ts";
import { Tape } from "../tensor/tape.ts";
import type { Experiment, Laboratory, ModelLaboratory } from "./experiment.ts";
import { checkPretrainingSettings, type PretrainingSettings } from "./pretraining-settings.ts";
import { Training } from "./training.ts";

/** What was measured behind a step, over the same two sentences with the same tokens chosen. */
export type PretrainingMetrics = {
  /** Steps done; the first record, 0, is of the model as it is shipped. */
  readonly step: number;
  /** Mean cross-entropy of the chosen tokens, in nats. */
  readonly tokenLoss: number;
  /** Cross-entropy of the next sentence, in nats. */
  readonly followLoss: number;
  /** What the step went down: the sum of both as it was before it; null before the first. */
  readonly loss: number | null;
  /** Of all gradients together, before clipping. */
  readonly gradientNorm: number | null;
};

/** A chosen token, and the probability of what stood there. */
export interface LearntToken extends ChosenToken {
  /** What stood there, in the vocabulary's spelling, and what the model sees. */
  readonly token: string;
  readonly sight: string;
  readonly before: number;
  readonly after: number;
}

/** What the model learnt so far. */
export interface PretrainingAnswer {
  /** What it reads. */
  readonly tokens: readonly string[];
  readonly chosen: readonly LearntToken[];
  /** Of the second sentence: whether it was said to follow, and the probability of that answer. */
  readonly follows: { readonly claimed: boolean; readonly before: number; readonly after: number };
  /** Of the texts, what the vocabulary does not have. */
  readonly unknown: readonly { readonly index: number; readonly char: string }[];
}

const MODEL = "bert-zh";
const WEIGHT_DECAY = 0.01;
const MAX_GRADIENT_NORM = 1;

/** Log-probabilities of the right answers. */
interface Answers {
  readonly tokens: readonly number[];
  readonly follows: number;
}

/**
 * Goes on with the pre-training of the shipped BERT for a few steps, on one pair of sentences: both losses, all gradients, AdamW. What is trained is a
 * copy in full precision.
 */
export class PretrainingExperiment implements Experiment<PretrainingMetrics, null, PretrainingAnswer> {
  readonly #backend: Backend;
  readonly #settings: PretrainingSettings;
  readonly #training: Training<Bert>;
  readonly #batch: BertBatch;
  /** [length]: the chosen tokens, −1 elsewhere. */
  readonly #targets: Int32Array;
  readonly #chosen: readonly (ChosenToken & { readonly token: string; readonly sight: string })[];
  readonly #tokens: readonly string[];
  readonly #unknown: PretrainingAnswer["unknown"];
  #before: Answers | undefined;
  #now: Answers | undefined;

  /** @throws EngineError `bad-input` if the settings cannot be used; `out-of-memory`; as `ModelLaboratory.open` */
  static async open(laboratory: ModelLaboratory, settings: PretrainingSettings): Promise<PretrainingExperiment> {
    checkPretrainingSettings(settings);
    const { config, ...model } = await laboratory.open(MODEL);
    if (config.architecture !== "bert") throw new EngineError("unsupported-model", MODEL);
    return new PretrainingExperiment(laboratory, settings, config, model);
  }

  private constructor(
    { backend, random }: Laboratory,
    settings: PretrainingSettings,
    config: BertConfig,
    { tokenizer, tensors }: Pick<ParsedModel, "tokenizer" | "tensors">,
  ) {
    this.#backend = backend;
    this.#settings = settings;
    const { ids, segments, unknown } = tokenizer.encode(settings.first.trim(), settings.second.trim());
    if (ids.length > config.contextLength) {
      throw new EngineError("bad-input", `这是 ${ids.length} 个词元，模型最多读 ${config.contextLength} 个`);
    }
    const special = (id: number): boolean => tokenizer.specialIds.has(id);
    const places = [...ids.keys()].filter((place) => !special(ids[place]!));
    if (places.length === 0) throw new EngineError("bad-input", "没有字可以遮：写几个词表里有的字");
    const rule = {
      share: settings.share,
      maskId: tokenizer.id("[MASK]") ?? missing("[MASK]"),
      substitutes: Array.from({ length: tokenizer.size }, (_, id) => id).filter((id) => !special(id)),
    };
    const named = (chosen: ChosenToken) => ({
      ...chosen,
      token: tokenizer.token(chosen.original),
      sight: tokenizer.token(chosen.seen),
    });
    this.#chosen = chooseTokens(ids, places, rule, random).map(named);
    const seen = seenIds(ids, this.#chosen);
    this.#tokens = seen.map((id) => tokenizer.token(id));
    this.#unknown = unknown;
    this.#batch = { ids: Int32Array.from(seen), batch: 1, segments: Int32Array.from(segments) };
    this.#targets = new Int32Array(ids.length).fill(-1);
    for (const { place, original } of this.#chosen) this.#targets[place] = original;
    this.#training = new Training(
      Bert.open(backend, config, tensors, { trainable: () => true }),
      (parameters) => new AdamW(backend, decayMatrices(parameters, WEIGHT_DECAY), { maxNorm: MAX_GRADIENT_NORM }),
    );
  }

  // #region step
  /** @throws EngineError `diverged` if a loss or a gradient is not finite any more; `device-lost`; `out-of-memory` */
  async *run(): AsyncGenerator<PretrainingMetrics, void, undefined> {
    const { steps, learningRate } = this.#settings;
    this.#now = await this.#ask();
    this.#before = this.#now;
    yield { step: 0, ...lossesOf(this.#now), loss: null, gradientNorm: null };
    const follows = Int32Array.of(this.#follows);
    const taken = this.#training.run(steps, constant(learningRate), (tape) =>
      this.#training.model.pretrainingLoss(tape, this.#batch, this.#targets, follows),
    );
    for await (const { step, loss, gradientNorm } of taken) {
      this.#now = await this.#ask();
      yield { step, ...lossesOf(this.#now), loss, gradientNorm };
    }
  }
  // #endregion

  /** @throws EngineError `internal` before the first record */
  async ask(): Promise<PretrainingAnswer> {
    const [before, now] = [this.#before, this.#now];
    if (!before || !now) throw new EngineError("internal", "the pre-training has not begun");
    return {
      tokens: this.#tokens,
      chosen: this.#chosen.map((token, i) => ({
        ...token,
        before: Math.exp(before.tokens[i]!),
        after: Math.exp(now.tokens[i]!),
      })),
      follows: { claimed: this.#settings.follows, before: Math.exp(before.follows), after: Math.exp(now.follows) },
      unknown: this.#unknown,
    };
  }

  dispose(): void {
    this.#training.dispose();
  }

  /** The class of the right answer: 0 where the second sentence follows. */
  get #follows(): number {
    return this.#settings.follows ? 0 : 1;
  }

  /** What both heads say now. @throws EngineError `diverged` if a logit is not finite */
  async #ask(): Promise<Answers> {
    const { model } = this.#training;
    const tape = new Tape(this.#backend, "off");
    try {
      const output = model.forward(tape, this.#batch);
      const rows = Int32Array.from(this.#chosen, ({ place }) => place);
      const heads = [model.tokenLogits(tape, output, rows), model.nextSentenceLogits(tape, output)];
      const [words, pair] = await this.#backend.read(heads.map(({ storage }) => wholeOf(storage)));
      if (![words!, pair!].every((logits) => logits.every(Number.isFinite))) throw new EngineError("diverged");
      const size = model.config.vocabularySize;
      return {
        tokens: this.#chosen.map(({ original }, i) => logSoftmax(words!.subarray(i * size, (i + 1) * size))[original]!),
        follows: logSoftmax(pair!)[this.#follows]!,
      };
    } finally {
      tape.dispose();
    }
  }
}

function lossesOf({ tokens, follows }: Answers): Pick<PretrainingMetrics, "tokenLoss" | "followLoss"> {
  return { tokenLoss: -mean(tokens), followLoss: -follows };
}

function missing(token: string): never {
  throw new EngineError("unsupported-model", `词表里没有 ${token}`);
}
