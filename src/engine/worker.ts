import * as Comlink from "comlink";
import type { BackendKind } from "./backends/backend.ts";
import { type BeamEvent, beamSearch } from "./decoding/beam.ts";
import { type SampledToken, type SequenceFinished, sample } from "./decoding/sample.ts";
import type { GenerationSettings } from "./decoding/settings.ts";
import { Engine, type EngineMemory, type EngineStatus } from "./engine.ts";
import { EngineError } from "./errors.ts";
import type { AnswerOf, ExperimentName, MetricsOf, QuestionOf, SettingsOf } from "./experiments/catalog.ts";
import type { RecordSource } from "./experiments/run.ts";
import type { ModelConfig } from "./files/config.ts";
import type { Progress } from "./files/download.ts";
import type { ManifestEntry } from "./files/manifest.ts";
import type { PipelineInput, PipelineOptions } from "./files/pipeline.ts";
import type { ModelReport } from "./files/report.ts";
import type { ModelSource } from "./files/source.ts";
import type { EncodedText } from "./files/tokenizer.ts";
import type { Checkpoint, LoadedPipeline } from "./loaded-model.ts";
import type { ClassifiedText, InputGradientOptions, InputGradients } from "./models/bert-gradients.ts";
import type { BatchOptions, Reading, ReadingOptions, TextToRead } from "./models/bert-reading.ts";
import type { PositionRows } from "./models/gpt2-batch.ts";
import type { Inspection } from "./models/gpt2-tree.ts";
import type { NodeId, Step } from "./models/token-tree.ts";
import { carryEngineErrors } from "./remote.ts";
import type { HostTensor } from "./tensor/trace.ts";

/** A loaded model of our engine as the page sees it. */
export interface ModelInfo {
  readonly kind: "checkpoint";
  /** The name under which it is loaded, for every method that takes one. */
  readonly id: string;
  readonly report: ModelReport;
  /** What the manifest says of it, where the site ships it. */
  readonly entry: ManifestEntry | null;
  readonly config: ModelConfig;
  /** Every name that a trace of it may ask for. */
  readonly traceNames: readonly string[];
  readonly contextLength: number;
  /** What each token id stands for; special tokens in brackets. Rows that only pad the table are `[unused 6001]`. */
  readonly vocabulary: readonly string[];
  /** Ids of the tokens that are no text. */
  readonly specialIds: ReadonlySet<number>;
  readonly endId: number | null;
}

/** A loaded model that Transformers.js runs. */
export interface PipelineInfo {
  readonly kind: "pipeline";
  readonly id: string;
  readonly report: ModelReport;
  /** What it does, in the words of Transformers.js. */
  readonly task: string;
}

/** A sampled token without what its filters saw: that is some hundred kB per token, and the page can compute it from the logits. */
export type SampleUpdate = Omit<SampledToken, "stages"> | SequenceFinished;

type ProgressListener = ((progress: Progress) => void) | undefined;

/** A stream that the page pulls; between two pulls the worker is free for others, and a pull that never comes costs nothing. */
export interface RemoteStream<T> {
  next(): Promise<IteratorResult<T, void>>;
  return(): Promise<void>;
}

/** What the page can ask of the engine's worker; `client.ts` is its other end. */
class EngineService {
  #engine: Engine | null = null;
  #aborts = new Map<number, AbortController>();

  /** Starts the backend. @param base folder of the models */
  async start(
    base: string,
    forced: BackendKind | undefined,
    onStatus: (status: EngineStatus) => void,
  ): Promise<EngineStatus> {
    this.#engine ??= new Engine(new URL(base), forced, onStatus);
    try {
      return (await this.#started()).status;
    } catch (error) {
      this.#engine = null;
      throw error;
    }
  }

  /** @param request a number of the caller's choice, for `abort` */
  async inspect(source: ModelSource, request: number): Promise<ModelReport> {
    const engine = this.#starting;
    return this.#abortable(request, (signal) => engine.inspect(source, signal));
  }

  /** @param request a number of the caller's choice, for `abort` */
  async load(
    source: ModelSource,
    agreedBytes: number | undefined,
    request: number,
    onProgress: ProgressListener,
  ): Promise<ModelInfo | PipelineInfo> {
    const engine = this.#starting;
    return this.#abortable(request, async (signal) =>
      describe(await engine.load(source, { agreedBytes, onProgress, signal })),
    );
  }

  async unload(id: string): Promise<void> {
    await (await this.#started()).unload(id);
  }

  async file(id: string, path: string, request: number, onProgress: ProgressListener): Promise<ArrayBuffer> {
    const engine = await this.#started();
    // Copied, not transferred: the file has yet to be stored.
    return this.#abortable(request, (signal) => engine.file(id, path, { onProgress, signal }));
  }

  abort(request: number): void {
    this.#aborts.get(request)?.abort();
  }

  async encode(id: string, text: string, second?: string): Promise<EncodedText> {
    return (await this.#started()).encode(id, text, second);
  }

  async decode(id: string, ids: readonly number[]): Promise<string> {
    return (await this.#started()).decode(id, ids);
  }

  async read(id: string, text: Pick<EncodedText, "ids" | "segments">, options?: ReadingOptions): Promise<Reading> {
    return (await this.#started()).read(id, text, options);
  }

  async readTexts(id: string, texts: readonly TextToRead[], options?: BatchOptions): Promise<Reading[]> {
    return (await this.#started()).readTexts(id, texts, options);
  }

  async inputGradients(id: string, text: ClassifiedText, options: InputGradientOptions): Promise<InputGradients> {
    return (await this.#started()).inputGradients(id, text, options);
  }

  async run(id: string, input: PipelineInput, options?: PipelineOptions): Promise<unknown> {
    return (await (await this.#started()).pipeline(id)).run(input, options);
  }

  async tree(id: string, options?: { readonly positions?: PositionRows }) {
    const tree = await (await this.#started()).tree(id, options);
    return Comlink.proxy({
      append: (parent: NodeId | null, ids: readonly number[]): Promise<Step> => tree.append(parent, ids),
      extend: (parents: readonly NodeId[], ids: readonly number[]): Promise<Step[]> => tree.extend(parents, ids),
      inspect: (parent: NodeId | null, ids: readonly number[], names: readonly string[]): Promise<Inspection> =>
        tree.inspect(parent, ids, names),
      dispose: (): void => tree.dispose(),
    });
  }

  async logitLens(id: string, residual: HostTensor): Promise<HostTensor> {
    return (await this.#started()).logitLens(id, residual);
  }

  sample(id: string, prompt: readonly number[], settings: GenerationSettings) {
    return this.#stream(id, async function* (tree): AsyncGenerator<SampleUpdate, void, undefined> {
      for await (const event of sample(tree, prompt, settings)) {
        if (event.type === "finish") yield event;
        else {
          const { stages: _, ...update } = event;
          yield update;
        }
      }
    });
  }

  beamSearch(id: string, prompt: readonly number[], settings: GenerationSettings) {
    return this.#stream(id, (tree): AsyncGenerator<BeamEvent, void, undefined> => beamSearch(tree, prompt, settings));
  }

  /** Prepares an experiment; the caller pulls its records, and frees it with `return`. */
  async experiment<Name extends ExperimentName>(name: Name, settings: SettingsOf<Name>, seed: number) {
    const experiment = await (await this.#started()).experiment(name, settings, seed);
    const records = experiment.run();
    const source: RecordSource<MetricsOf<Name>, QuestionOf<Name>, AnswerOf<Name>> = {
      next: () => records.next(),
      ask: (question) => experiment.ask(question),
      async return() {
        try {
          await records.return();
        } finally {
          experiment.dispose();
        }
      },
    };
    return Comlink.proxy(source);
  }

  async memory(): Promise<EngineMemory> {
    return (await this.#started()).memory;
  }

  async #stream<T>(
    id: string,
    generate: (tree: Awaited<ReturnType<Engine["tree"]>>) => AsyncGenerator<T, void, undefined>,
  ) {
    const tree = await (await this.#started()).tree(id);
    const events = generate(tree);
    const stream: RemoteStream<T> = {
      async next() {
        try {
          const result = await events.next();
          if (result.done) tree.dispose();
          return result;
        } catch (error) {
          tree.dispose();
          throw error;
        }
      },
      async return() {
        await events.return();
        tree.dispose();
      },
    };
    return Comlink.proxy(stream);
  }

  get #starting(): Engine {
    if (!this.#engine) throw new EngineError("internal", "the engine was not started");
    return this.#engine;
  }

  async #started(): Promise<Engine> {
    const engine = this.#starting;
    await engine.ready;
    return engine;
  }

  async #abortable<T>(request: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    this.#aborts.set(request, controller);
    try {
      return await work(controller.signal);
    } finally {
      this.#aborts.delete(request);
    }
  }
}

function describe(model: Checkpoint | LoadedPipeline): ModelInfo | PipelineInfo {
  const { id, report } = model;
  if (model.kind === "pipeline") return { kind: "pipeline", id, report, task: model.pipeline.task };
  const { entry, config, tokenizer, traceNames } = model;
  const padding = Array.from({ length: config.vocabularySize - tokenizer.size }, (_, i) => tokenizer.size + i);
  const known = Array.from({ length: tokenizer.size }, (_, token) => tokenizer.token(token));
  return {
    kind: "checkpoint",
    id,
    report,
    entry,
    config,
    traceNames,
    contextLength: config.contextLength,
    vocabulary: [...known, ...padding.map((token) => `[unused ${token}]`)],
    specialIds: new Set([...tokenizer.specialIds, ...padding]),
    endId: config.architecture === "gpt2" ? config.endId : null,
  };
}

export type { EngineService };

carryEngineErrors();
Comlink.expose(new EngineService());
