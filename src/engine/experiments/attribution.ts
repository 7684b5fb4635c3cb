import type { Score } from "../analysis/coalitions.ts";
import { type OrderCurves, orderCurves, orderOf } from "../analysis/faithfulness.ts";
import { kernelShap } from "../analysis/kernel-shap.ts";
import { leaveOneOut } from "../analysis/leave-one-out.ts";
import { lime } from "../analysis/lime.ts";
import { MAX_EXACT_PLAYERS, shapleyValues } from "../analysis/shapley.ts";
import { EngineError } from "../errors.ts";
import { Bert } from "../models/bert.ts";
import { type GradientPath, gradientsAlong } from "../models/bert-gradients.ts";
import { randomizedCheckpoint } from "../models/bert-randomized.ts";
import { headsOf } from "../models/bert-weights.ts";
import { meanWordEmbedding, wordEmbeddings } from "../models/bert-words.ts";
import { Random } from "../random.ts";
import { type AttributionSettings, checkAttributionSettings } from "./attribution-settings.ts";
import type { Experiment, ModelLaboratory } from "./experiment.ts";
import { endsOf, HidingGame } from "./hiding-game.ts";

/** From the cheapest to the one that the others are measured by. */
export const METHODS = ["occlusion", "gradient", "integrated", "lime", "kernel", "shapley"] as const;
export type Method = (typeof METHODS)[number];

export type AttributionMetrics = {
  /** The method at work. */
  readonly method: Method;
  /** Texts and points that were read so far, by all methods together. */
  readonly reads: number;
};

/** What one method says. */
export interface Attributed extends OrderCurves {
  readonly method: Method;
  /** One for each player, in nats of the log-odds. */
  readonly values: Float64Array;
}

/** What was found so far. The curves are those of the log-odds of the verdict, whichever it is. */
export interface Attributions {
  /** Log-odds of the class: of the text, and with everything hidden. */
  readonly full: number;
  readonly empty: number;
  readonly methods: readonly Attributed[];
}

/** Six methods explain what a classifier makes of one text; exact Shapley values of up to 12 tokens are what the others are measured by. */
export class AttributionExperiment implements Experiment<AttributionMetrics, null, Attributions> {
  readonly #model: Bert;
  readonly #settings: AttributionSettings;
  readonly #seeds: { readonly lime: number; readonly kernel: number };
  #found: Attributions = { full: Number.NaN, empty: Number.NaN, methods: [] };

  /** @throws EngineError `bad-input` if a setting cannot be used; as `ModelLaboratory.open`; `out-of-memory` */
  static async open(
    { backend, random, open }: ModelLaboratory,
    settings: AttributionSettings,
  ): Promise<AttributionExperiment> {
    checkAttributionSettings(settings);
    const { config, tensors } = await open(settings.model);
    if (config.architecture !== "bert") throw new EngineError("bad-input", `${settings.model} 不是读整段文字的模型`);
    const heads = headsOf(tensors);
    if (settings.chosen >= heads.classes) throw new EngineError("bad-input", `没有类别 ${settings.chosen}`);
    const weights = randomizedCheckpoint(config, tensors, settings.randomized, random.fork());
    const seeds = { lime: random.uint32(), kernel: random.uint32() };
    return new AttributionExperiment(new Bert(backend, config, heads, weights), settings, seeds);
  }

  private constructor(
    model: Bert,
    settings: AttributionSettings,
    seeds: { readonly lime: number; readonly kernel: number },
  ) {
    this.#model = model;
    this.#settings = settings;
    this.#seeds = seeds;
  }

  // #region six
  /** @throws EngineError `bad-input` for too few samples, and as `Bert.forward`; `device-lost`; `out-of-memory` */
  async *run(): AsyncGenerator<AttributionMetrics, void, undefined> {
    const { text, places, chosen, samples, steps } = this.#settings;
    const players = places.length;
    const [start, end] = await this.#ends();
    const game = new HidingGame(this.#model, { text, places, start, end, chosen });
    const ask = (method: Method, question: (score: Score) => Promise<ArrayLike<number>>) =>
      this.#ask(game, method, question);

    const [empty, full] = yield* followed(
      "occlusion",
      game.answer((score) => endsOf(players, score)),
    );
    this.#found = { ...this.#found, empty, full };
    yield* ask("occlusion", (score) => leaveOneOut(players, score));

    const slopes = yield* this.#gradients(game, { start, end, chosen, steps });
    yield* ask("gradient", async () => slopes.gradientTimesInput);
    yield* ask("integrated", async () => slopes.integratedGradients);

    const { lime: limeSeed, kernel: kernelSeed } = this.#seeds;
    yield* ask("lime", async (score) => (await lime(players, score, samples, new Random(limeSeed))).values);
    yield* ask("kernel", async (score) => (await kernelShap(players, score, samples, new Random(kernelSeed))).values);
    if (players <= MAX_EXACT_PLAYERS) {
      yield* ask("shapley", async (score) => (await shapleyValues(players, score)).values);
    }
  }
  // #endregion

  /** What was found so far. */
  async ask(): Promise<Attributions> {
    return this.#found;
  }

  dispose(): void {
    this.#model.dispose();
  }

  /** The word embeddings of the text with all players hidden, and as it is. */
  async #ends(): Promise<readonly [start: Float32Array, end: Float32Array]> {
    const { text, places, baseline } = this.#settings;
    const { width } = this.#model.config;
    const end = await wordEmbeddings(this.#model, text.ids);
    const row =
      baseline === "zero"
        ? new Float32Array(width)
        : baseline === "mean"
          ? await meanWordEmbedding(this.#model)
          : await wordEmbeddings(this.#model, [baseline]);
    const start = end.slice();
    for (const place of places) start.set(row, place * width);
    return [start, end];
  }

  /** Both of the methods that go by gradients, [players] each. */
  async *#gradients(game: HidingGame, path: GradientPath) {
    const { text, places } = this.#settings;
    const found = yield* followed("integrated", gradientsAlong(this.#model, text, path), game.reads);
    const own = (values: Float64Array) => Float64Array.from(places, (place) => values[place]!);
    return {
      gradientTimesInput: own(found.gradientTimesInput),
      integratedGradients: own(found.integratedGradients),
    };
  }

  /** Lets a method ask, and then follows the order that its values give. */
  async *#ask(game: HidingGame, method: Method, question: (score: Score) => Promise<ArrayLike<number>>) {
    const values = Float64Array.from(yield* followed(method, game.answer(question)));
    const side = this.#found.full < 0 ? -1 : 1;
    const order = orderOf(values.map((value) => side * value));
    const { deletion, insertion } = yield* followed(
      method,
      game.answer((score) => orderCurves(order, score)),
    );
    const ofVerdict = (curve: Float64Array) => curve.map((odds) => side * odds);
    const attributed = { method, values, deletion: ofVerdict(deletion), insertion: ofVerdict(insertion) };
    this.#found = { ...this.#found, methods: [...this.#found.methods, attributed] };
    yield { method, reads: game.reads };
  }
}

/** Work that says how much it has read, as the records of the method it is done for. @param before what was read before it */
async function* followed<T>(
  method: Method,
  work: AsyncGenerator<number, T, undefined>,
  before = 0,
): AsyncGenerator<AttributionMetrics, T, undefined> {
  for (;;) {
    const { done, value } = await work.next();
    if (done) return value;
    yield { method, reads: before + value };
  }
}
