import type { Backend, BackendKind } from "./backends/backend.ts";
import { type Choice, chooseBackend, openCpu } from "./backends/select.ts";
import { EngineError, fetched, toEngineError } from "./errors.ts";
import { type ExperimentName, experimentFactory, type SettingsOf } from "./experiments/catalog.ts";
import { type LoadOptions, loadFolder } from "./files/loader.ts";
import type { Manifest } from "./files/manifest.ts";
import type { PipelineModel } from "./files/pipeline.ts";
import type { ModelReport } from "./files/report.ts";
import type { ModelSource } from "./files/source.ts";
import type { EncodedText } from "./files/tokenizer.ts";
import { expectAgreed, expectRoom, isShipped, Library, loadPipeline } from "./library.ts";
import {
  bertOf,
  type Checkpoint,
  free,
  gpt2Of,
  type LoadedCheckpoint,
  type LoadedPipeline,
  networkOf,
  openNetwork,
} from "./loaded-model.ts";
import type { ClassifiedText, InputGradientOptions, InputGradients } from "./models/bert-gradients.ts";
import {
  type BatchOptions,
  type Reading,
  type ReadingOptions,
  readText,
  readTexts,
  type TextToRead,
} from "./models/bert-reading.ts";
import type { PositionRows } from "./models/gpt2-batch.ts";
import { Gpt2Tree } from "./models/gpt2-tree.ts";
import { weightsInUse } from "./models/inspect.ts";
import { ResilientTree } from "./models/resilient-tree.ts";
import { Random } from "./random.ts";
import { SharedLoads } from "./shared-loads.ts";
import type { HostTensor } from "./tensor/trace.ts";

/** What computes, and why; shown to the reader beside every demo. */
export interface EngineStatus {
  readonly kind: BackendKind;
  readonly device: string;
  readonly reason: string;
}

export type EngineMemory = Backend["memory"];

export interface LoadRequest extends LoadOptions {
  /** Bytes to which the reader has agreed, as `inspect` named them. Models from foreign addresses, and pipelines, are not loaded without. */
  readonly agreedBytes?: number | undefined;
}

/**
 * One backend and every model loaded on it. When the GPU device is lost the engine moves, once, to the CPU: models are rebuilt from the
 * bytes that it keeps, and trees in use replay their tokens there, so that what the reader watches goes on.
 */
export class Engine {
  readonly #library: Library;
  readonly #onStatus: (status: EngineStatus) => void;
  /** Null until the backend is ready. */
  #choice: Choice | null = null;
  /** The backend, as soon as there is one: models move in while its kernels are compiled. */
  #early = Promise.withResolvers<Backend>();
  #models = new SharedLoads<LoadedCheckpoint | LoadedPipeline>(free);
  #recovery: Promise<void> | null = null;

  /** Settles when the backend is there. Models can be loaded before: the download does not wait for a GPU to start. @throws EngineError `no-webgpu` */
  readonly ready: Promise<void>;

  /** An engine that is ready. Parameters and errors as of the constructor and `ready`. */
  static async create(
    base: URL,
    forced: BackendKind | undefined,
    onStatus: (status: EngineStatus) => void,
  ): Promise<Engine> {
    const engine = new Engine(base, forced, onStatus);
    await engine.ready;
    return engine;
  }

  /**
   * @param base folder of `manifest.json`, with a slash at its end
   * @param forced the backend that the address asked for
   */
  constructor(base: URL, forced: BackendKind | undefined, onStatus: (status: EngineStatus) => void) {
    this.#library = new Library(base);
    this.#onStatus = onStatus;
    this.ready = this.#start(forced);
    // Who waits for it hears of it.
    this.ready.catch(this.#early.reject);
    this.#early.promise.catch(() => {});
  }

  async #start(forced: BackendKind | undefined): Promise<void> {
    this.#choice = await chooseBackend(forced, this.#early.resolve);
    this.#early.resolve(this.#backend);
    // A recovery that fails is reported by the next call that needs it.
    void this.#backend.lost.then(() => this.#recover().catch(() => {}));
  }

  get #backend(): Backend {
    return this.#started.backend;
  }

  async #backendOrEarly(): Promise<Backend> {
    return this.#choice?.backend ?? this.#early.promise;
  }

  get #started(): Choice {
    if (!this.#choice) throw new EngineError("internal", "the engine has not started yet");
    return this.#choice;
  }

  get status(): EngineStatus {
    const { backend, reason } = this.#started;
    return { kind: backend.kind, device: backend.device, reason };
  }

  get memory(): EngineMemory {
    const { bytes, storages } = this.#backend.memory;
    return { bytes, storages };
  }

  /** Prepares an experiment, which holds memory of the backend until it is disposed. @throws EngineError as `experimentFactory` */
  async experiment<Name extends ExperimentName>(name: Name, settings: SettingsOf<Name>, seed: number) {
    const prepare = await experimentFactory(name);
    const open = async (id: string) => loadFolder(await this.#library.folder({ shipped: id }));
    return prepare({ backend: this.#backend, random: new Random(seed), open }, settings);
  }

  /** The list of models that the site ships; fetched once. */
  manifest(): Promise<Manifest> {
    return this.#library.manifest();
  }

  /**
   * What can be said of a model before its weights are fetched: architecture, size, memory. A foreign server is asked for it, so the reader must
   * have asked first.
   * @throws EngineError as `Library.inspect`
   */
  inspect(source: ModelSource, signal?: AbortSignal): Promise<ModelReport> {
    return this.#library.inspect(source, signal);
  }

  /**
   * Gets a model from wherever it is, checks and builds it. A later call for the same one joins the first; aborting one caller stops the
   * download only if nobody else waits for it.
   *
   * @param source the id of a shipped model, or any source
   * @throws EngineError `consent-needed` before anything is asked of a foreign server, or if the model is larger than agreed; `cancelled` if the
   * caller's signal aborts; `out-of-memory`; as `inspect`, `loadFolder`, `Gpt2.open` and `openPipeline`
   */
  load(id: string, request?: LoadRequest): Promise<Checkpoint>;
  load(source: ModelSource, request?: LoadRequest): Promise<Checkpoint | LoadedPipeline>;
  async load(
    source: string | ModelSource,
    { agreedBytes, ...options }: LoadRequest = {},
  ): Promise<Checkpoint | LoadedPipeline> {
    const from = typeof source === "string" ? { shipped: source } : source;
    if ("url" in from && agreedBytes === undefined) throw new EngineError("consent-needed");
    const id = this.#library.idOf(from);
    return this.#models.get(id, options, (shared) => this.#build(id, from, agreedBytes, shared));
  }

  /**
   * Frees a model of the reader's own; trees of it end. What is still loading is cancelled.
   * @throws EngineError `bad-input` for a shipped model: all demos of a page share it, and none may take it from the others
   */
  async unload(id: string): Promise<void> {
    if (isShipped(id)) throw new EngineError("bad-input", `${id} 是站内的模型，各个演示共用`);
    const model = this.#models.take(id);
    if (model) await free(model);
  }

  /** One more file of a shipped model, by its path in the manifest. */
  async file(id: string, path: string, options: LoadOptions = {}): Promise<ArrayBuffer> {
    return (await this.#library.folder({ shipped: id })).read(path, options);
  }

  /** The tokenizer's view of a text, or a pair, for a loaded model. @throws EngineError `not-found` if it is not loaded */
  async encode(id: string, text: string, second?: string): Promise<EncodedText> {
    return (await this.#checkpoint(id)).tokenizer.encode(text, second);
  }

  /** The text of tokens, without special ones. @throws EngineError `not-found` if the model is not loaded; `bad-input` */
  async decode(id: string, ids: readonly number[]): Promise<string> {
    return (await this.#checkpoint(id)).tokenizer.decode(ids, { skipSpecial: true });
  }

  /**
   * An empty tree of tokens of a loaded GPT-2.
   * @param options for experiments with the position embeddings
   * @throws EngineError `not-found` if it is not loaded, as the tree does once it is unloaded; `bad-input` if it does not write
   */
  async tree(id: string, options?: { readonly positions?: PositionRows }): Promise<ResilientTree> {
    const loaded = await this.#checkpoint(id);
    return new ResilientTree(
      () => new Gpt2Tree(gpt2Of(loaded, this.#backend), options),
      () => this.#recover(),
      () => void networkOf(loaded, this.#backend),
    );
  }

  /** `Gpt2.logitLens` of a loaded GPT-2. Errors as there and in `tree`. */
  async logitLens(id: string, residual: HostTensor): Promise<HostTensor> {
    const loaded = await this.#checkpoint(id);
    return this.#surviving(async () => gpt2Of(loaded, this.#backend).logitLens(residual));
  }

  /** A loaded BERT's view of a text. @throws EngineError `not-found` if it is not loaded; `bad-input` if it is no BERT, and as `readText` */
  async read(id: string, text: Pick<EncodedText, "ids" | "segments">, options?: ReadingOptions): Promise<Reading> {
    const loaded = await this.#checkpoint(id);
    return this.#surviving(async () => readText(bertOf(loaded, this.#backend), text, options));
  }

  /** `read` for several texts at once. Errors as there. */
  async readTexts(id: string, texts: readonly TextToRead[], options?: BatchOptions): Promise<Reading[]> {
    const loaded = await this.#checkpoint(id);
    return this.#surviving(async () => readTexts(bertOf(loaded, this.#backend), texts, options));
  }

  /** Gradients by the word embeddings of a loaded classifier. @throws EngineError as `read` and `inputGradients`; `network` */
  async inputGradients(id: string, text: ClassifiedText, options: InputGradientOptions): Promise<InputGradients> {
    const { inputGradients } = await fetched("inputGradients", import("./models/bert-gradients.ts"));
    const loaded = await this.#checkpoint(id);
    return this.#surviving(async () => inputGradients(bertOf(loaded, this.#backend), text, options));
  }

  /** A loaded model that Transformers.js runs. @throws EngineError `not-found` if it is not loaded, or is none */
  async pipeline(id: string): Promise<PipelineModel> {
    const model = await this.#models.peek(id);
    if (model?.kind !== "pipeline") throw new EngineError("not-found", id);
    return model.pipeline;
  }

  async #checkpoint(id: string): Promise<LoadedCheckpoint> {
    const model = await this.#models.peek(id);
    if (model?.kind !== "checkpoint") throw new EngineError("not-found", id);
    return model;
  }

  async #build(
    id: string,
    source: ModelSource,
    agreedBytes: number | undefined,
    options: LoadOptions,
  ): Promise<LoadedCheckpoint | LoadedPipeline> {
    const report = await this.#library.inspect(source, options.signal);
    expectAgreed(report, agreedBytes);
    try {
      const folder = await this.#library.folder(source);
      const { pipeline } = report;
      if (pipeline)
        return { kind: "pipeline", id, report, pipeline: await loadPipeline(folder, { ...report, pipeline }, options) };
      const room = this.#backendOrEarly().then((backend) => expectRoom(report, backend));
      const [{ config, tokenizer, tensors }] = await Promise.all([loadFolder(folder, options), room]);
      const measured = { ...report, ...weightsInUse(config, tensors) };
      const entry = "shipped" in source ? await this.#library.entry(source.shipped) : null;
      const backend = await this.#backendOrEarly();
      expectRoom(measured, backend);
      const network = openNetwork(backend, config, tensors);
      const kept = backend.kind === "cpu" ? null : tensors;
      // Should another backend be ready in the end, the network moves there like that of a lost device.
      await this.ready;
      const { traceNames } = network;
      return { kind: "checkpoint", id, report: measured, entry, config, tokenizer, traceNames, network, tensors: kept };
    } catch (error) {
      this.#library.forget(source);
      throw error;
    }
  }

  /** The work, and once more on the CPU if the device is lost in its midst. */
  async #surviving<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (toEngineError(error).code !== "device-lost") throw error;
      await this.#recover();
      return work();
    }
  }

  /** Moves everything to the CPU; the second and later calls wait for the first. */
  #recover(): Promise<void> {
    this.#recovery ??= this.#moveToCpu().catch((error: unknown) => {
      this.#recovery = null;
      throw error;
    });
    return this.#recovery;
  }

  async #moveToCpu(): Promise<void> {
    // Models follow when they are next used. The lost backend is left to the garbage collector, because trees in use still refer to it,
    // and must hear from it that it is lost.
    const { kind, device } = this.#backend;
    if (kind !== "cpu") this.#choice = { backend: await openCpu(), reason: `${device} 中断了，已改用 CPU 继续` };
    this.#onStatus(this.status);
  }
}
