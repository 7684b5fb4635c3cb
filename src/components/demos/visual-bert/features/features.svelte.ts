import type { FirstFigure, Mark } from "../../../kit/figure/types.ts";
import type { DemoError, DemoState } from "../../../kit/frame/types.ts";
import { DemoRun } from "../../../kit/run/demo-run.svelte.ts";
import { ExperimentDemo } from "../../../kit/run/experiment-demo.svelte.ts";
import type { StateOf } from "../../../kit/state/fields.ts";
import { BERT, CLASSIFIER } from "../chapter-models.ts";
import { type EncoderId, fields } from "./fields.ts";
import { type Featured, mapSettings, probeSettings, type ReadSentences, readAll } from "./measure.ts";
import type { SentenceVectors } from "./vectors.ts";

type Settings = StateOf<typeof fields>;

/** Reads the sentences once with each model that the reader chooses; then measures and draws them again and again, as the reader asks. */
export class FeaturesDemo {
  readonly probe: ExperimentDemo<"probe">;
  readonly map: ExperimentDemo<"projection">;
  /** Sentences read so far. */
  done = $state(0);
  total = $state(0);
  /** Where the points are, [n × 2], of the run in hand. */
  #positions: Float32Array | undefined = $state.raw();
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
  readonly #first: FirstFigure<Featured>;

  /** @param first what is shown until the reader runs it: of the model that is chosen at first */
  constructor(settings: () => Settings, first: FirstFigure<Featured>) {
    this.#settings = settings;
    this.#first = first;
    this.probe = new ExperimentDemo("probe", () => ({
      settings: probeSettings(this.#read(), settings()),
      seed: settings().seed,
    }));
    this.map = new ExperimentDemo("projection", () => ({
      settings: mapSettings(this.#read(), settings()),
      seed: settings().seed,
    }));
  }

  /** Of the model that is chosen. */
  get reading(): DemoRun {
    return this.#readings[this.#settings().model];
  }

  /** As the chosen model reads them; undefined until it has read all. */
  get sentences(): ReadSentences | undefined {
    return this.#sentences[this.#settings().model];
  }

  /** What is drawn: what the chosen model has read, or else what was there before the reader ran anything. Undefined where there is neither. */
  readonly shown: Featured | undefined = $derived.by(() => {
    const { sentences } = this;
    if (sentences) {
      const { own, layers } = sentences;
      return { own, layers, probes: this.probe.records, map: this.map.records.at(-1), positions: this.#positions };
    }
    return this.#settings().model === fields.model.initial ? this.#first.data : undefined;
  });

  get mark(): Mark {
    return this.sentences ? "live" : this.#first.provenance;
  }

  /** Number of the run that is drawn, 0 for none of the reader's. */
  get begun(): number {
    return this.sentences ? this.reading.begun : 0;
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
    const { model, own } = this.#settings();
    await this.reading.start(async (context) => {
      const sentences = await readAll(context, own, this.#known[model], (done, total) => {
        [this.done, this.total] = [done, total];
      });
      this.#sentences = { ...this.#sentences, [model]: sentences };
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
    this.#positions = (await this.map.ask(null)) ?? this.#positions;
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
    this.#positions = undefined;
    this.done = 0;
  }

  #read(): ReadSentences {
    const { sentences } = this;
    if (!sentences) throw new RangeError("nothing was read yet");
    return sentences;
  }
}
