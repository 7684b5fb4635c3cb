import type { DemoError, DemoState } from "../../../kit/frame/types.ts";
import { DemoRun } from "../../../kit/run/demo-run.svelte.ts";
import { ExperimentDemo } from "../../../kit/run/experiment-demo.svelte.ts";
import type { StateOf } from "../../../kit/state/fields.ts";
import { BERT, CLASSIFIER } from "../chapter-models.ts";
import { type EncoderId, FOLDS, type fields, sourceOf } from "./fields.ts";
import { LABELLED, ownSentences } from "./labelled.ts";
import { readSentences } from "./read.ts";
import { allRepresentations, joinParts, partsOf, type SentenceVectors } from "./vectors.ts";

type Settings = StateOf<typeof fields>;

/** Sentences that were read, the built-in ones first. */
export interface ReadSentences {
  /** The reader's own. */
  readonly own: readonly string[];
  readonly vectors: readonly SentenceVectors[];
  /** Of the model. */
  readonly layers: number;
}

/** Reads the sentences once with each model that the reader chooses; then measures and draws them again and again, as the reader asks. */
export class FeaturesDemo {
  readonly probe: ExperimentDemo<"probe">;
  readonly map: ExperimentDemo<"projection">;
  /** Sentences read so far. */
  done = $state(0);
  total = $state(0);
  /** Where the points are, [n × 2], of the run in hand. */
  positions: Float32Array | undefined = $state.raw();
  readonly #readings: Readonly<Record<EncoderId, DemoRun>> = {
    [BERT]: new DemoRun(BERT),
    [CLASSIFIER]: new DemoRun(CLASSIFIER),
  };
  #sentences: Readonly<Partial<Record<EncoderId, ReadSentences>>> = $state.raw({});
  readonly #known: Readonly<Record<EncoderId, Map<string, SentenceVectors>>> = {
    [BERT]: new Map(),
    [CLASSIFIER]: new Map(),
  };
  readonly #settings: () => Settings;

  constructor(settings: () => Settings) {
    this.#settings = settings;
    this.probe = new ExperimentDemo("probe", () => {
      const { vectors, layers } = this.#read();
      const { task, repeats, seed } = settings();
      const labels = Uint8Array.from(LABELLED, (sentence) => sentence.labels[task]);
      const representations = allRepresentations(vectors.slice(0, LABELLED.length), layers);
      return { settings: { representations, labels, folds: FOLDS, repeats }, seed };
    });
    this.map = new ExperimentDemo("projection", () => {
      const { vectors } = this.#read();
      const { source, pooling, method, perplexity, steps, seed } = settings();
      const points = joinParts(partsOf(vectors, sourceOf(source), pooling));
      return { settings: { points, method, perplexity, steps }, seed };
    });
  }

  /** Of the model that is chosen. */
  get reading(): DemoRun {
    return this.#readings[this.#settings().model];
  }

  /** As the chosen model reads them; undefined until it has read all. */
  get sentences(): ReadSentences | undefined {
    return this.#sentences[this.#settings().model];
  }

  /** What the frame shows. */
  get state(): DemoState {
    if (this.reading.state !== "done") return this.reading.state;
    const phases = [this.probe.phase, this.map.phase];
    if (phases.includes("error")) return "error";
    if (phases.includes("running") || phases.includes("loading")) return "running";
    return this.probe.state === "finished" && this.map.state === "finished" ? "done" : "idle";
  }

  get error(): DemoError | undefined {
    return this.reading.error ?? this.probe.error ?? this.map.error;
  }

  /** Reads what is not read yet. Measuring and drawing follow by themselves, because `sentences` changes. */
  async run(): Promise<void> {
    const { model, own: lines } = this.#settings();
    const own = ownSentences(lines);
    const texts = [...LABELLED.map(({ text }) => text), ...own];
    await this.reading.start(async (context) => {
      this.total = texts.length;
      await readSentences(context, texts, this.#known[model], (done) => {
        this.done = done;
      });
      if (context.signal.aborted) return;
      const vectors = texts.map((text) => this.#known[model].get(text)!);
      this.#sentences = { ...this.#sentences, [model]: { own, vectors, layers: context.model.config.layers } };
    });
  }

  /** Measures anew. */
  async measure(): Promise<void> {
    void this.probe.clear();
    await this.probe.start();
  }

  /** Draws anew. */
  async draw(): Promise<void> {
    void this.map.clear();
    await this.map.start();
  }

  /** Fetches where the points are now. */
  async follow(): Promise<void> {
    this.positions = (await this.map.ask(null)) ?? this.positions;
  }

  /** Ends whatever is under way; what it has shown stays. */
  cancel(): void {
    if (this.reading.state !== "done") this.reading.cancel();
    void this.probe.stop();
    void this.map.stop();
  }

  clear(): void {
    for (const reading of Object.values(this.#readings)) reading.cancel();
    void this.probe.clear();
    void this.map.clear();
    this.#sentences = {};
    this.positions = undefined;
    this.done = 0;
  }

  #read(): ReadSentences {
    const { sentences } = this;
    if (!sentences) throw new RangeError("nothing was read yet");
    return sentences;
  }
}
