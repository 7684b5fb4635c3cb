import { ActiveBackend, type EngineMemory, type EngineStatus } from "./active-backend.ts";
import type { BackendKind } from "./backends/backend.ts";
import { type BeamEvent, beamSearch } from "./decoding/beam.ts";
import { type SampleUpdate, sample } from "./decoding/sample.ts";
import type { GenerationSettings } from "./decoding/settings.ts";
import { EngineError, fetched } from "./errors.ts";
import type { ExperimentName, SettingsOf } from "./experiments/catalog.ts";
import { type LoadOptions, loadFolder } from "./files/loader.ts";
import type { ModelReport } from "./files/report.ts";
import type { ModelSource } from "./files/source.ts";
import type { UnknownCharacter } from "./files/tokenizer.ts";
import { expectAgreed, expectRoom, isShipped, Library, loadPipeline } from "./library.ts";
import {
  type Checkpoint,
  checkpointOf,
  free,
  gpt2Of,
  type LoadedCheckpoint,
  type LoadedModels,
  type LoadedPipeline,
  networkOf,
  networkOpener,
  t5Of,
} from "./loaded-model.ts";
import { ModelCalls } from "./model-calls.ts";
import type { PositionRows } from "./models/gpt2-batch.ts";
import { Gpt2Tree } from "./models/gpt2-tree.ts";
import { weightsInUse } from "./models/inspect.ts";
import { ResilientTree, SurvivingTree } from "./models/resilient-tree.ts";
import { Random } from "./random.ts";
import { SharedLoads } from "./shared-loads.ts";

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
  readonly #backend: ActiveBackend;
  readonly #models: LoadedModels = new SharedLoads<LoadedCheckpoint | LoadedPipeline>(free);
  /** What loaded models are asked. */
  readonly calls: ModelCalls;
  /** Settles when the backend is there. Models can be loaded before: the download does not wait for a GPU to start. @throws EngineError `no-webgpu` */
  readonly ready: Promise<void>;

  /** An engine that is ready. Parameters and errors as of the constructor and `ready`. */
  static async create(
    base: URL,
    forced: BackendKind | undefined,
    onStatus: (status: EngineStatus) => void,
    fetch?: typeof globalThis.fetch,
  ): Promise<Engine> {
    const engine = new Engine(base, forced, onStatus, fetch);
    await engine.ready;
    return engine;
  }

  /**
   * @param base folder of `manifest.json`, with a slash at its end
   * @param forced the backend that the address asked for
   * @param fetch in the place of the global one, for the site's own models
   */
  constructor(
    base: URL,
    forced: BackendKind | undefined,
    onStatus: (status: EngineStatus) => void,
    fetch?: typeof globalThis.fetch,
  ) {
    this.#library = new Library(base, fetch);
    this.#backend = new ActiveBackend(forced, onStatus);
    this.ready = this.#backend.ready;
    this.calls = new ModelCalls(this.#models, this.#backend);
  }

  get status(): EngineStatus {
    return this.#backend.status;
  }

  get memory(): EngineMemory {
    return this.#backend.memory;
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

  /** What a shipped model's vocabulary does not have of a text; the model need not be loaded. @throws EngineError as `Library.tokenizer` */
  async unknown(id: string, text: string): Promise<readonly UnknownCharacter[]> {
    return (await this.#library.tokenizer(id)).encode(text).unknown;
  }

  /**
   * An empty tree of tokens of a loaded GPT-2.
   * @param options for experiments with the position embeddings
   * @throws EngineError `not-found` if it is not loaded, as the tree does once it is unloaded; `bad-input` if it does not write
   */
  async tree(id: string, options?: { readonly positions?: PositionRows }): Promise<ResilientTree> {
    const loaded = await checkpointOf(this.#models, id);
    return new ResilientTree(
      () => new Gpt2Tree(gpt2Of(loaded, this.#backend.current), options),
      () => this.#backend.recover(),
      () => void networkOf(loaded, this.#backend.current),
    );
  }

  /**
   * A tree to write in, and what a text in it begins with: a GPT-2 goes on with the prompt; a T5 reads it, and writes another text.
   * @throws EngineError as `tree` and `T5Tree`
   */
  async #desk(id: string, prompt: readonly number[]) {
    const loaded = await checkpointOf(this.#models, id);
    if (loaded.config.architecture !== "t5") return { tree: await this.tree(id), beginning: prompt };
    const { T5Tree } = await fetched("T5Tree", import("./models/t5-tree.ts"));
    const tree = new SurvivingTree(
      () => new T5Tree(t5Of(loaded, this.#backend.current), prompt),
      () => this.#backend.recover(),
      () => void networkOf(loaded, this.#backend.current),
    );
    return { tree, beginning: [loaded.config.startId] };
  }

  /**
   * Samples, or decodes greedily, token by token.
   * @param prompt what a GPT-2 goes on with; what a T5 reads
   * @throws EngineError as `tree` and `sample`
   */
  async *sample(
    id: string,
    prompt: readonly number[],
    settings: GenerationSettings,
  ): AsyncGenerator<SampleUpdate, void, undefined> {
    const { tree, beginning } = await this.#desk(id, prompt);
    try {
      for await (const event of sample(tree, beginning, settings)) {
        if (event.type === "finish") yield event;
        else {
          const { stages: _, ...update } = event;
          yield update;
        }
      }
    } finally {
      tree.dispose();
    }
  }

  /** Beam search, step by step. Parameters as of `sample`. @throws EngineError as `tree` and `beamSearch` */
  async *beamSearch(
    id: string,
    prompt: readonly number[],
    settings: GenerationSettings,
  ): AsyncGenerator<BeamEvent, void, undefined> {
    const { tree, beginning } = await this.#desk(id, prompt);
    try {
      yield* beamSearch(tree, beginning, settings);
    } finally {
      tree.dispose();
    }
  }

  /**
   * Prepares an experiment, which holds memory of the backend until it is disposed. Most pages train nothing: even the list of the
   * experiments is fetched with the first one. @throws EngineError as `experimentFactory`
   */
  async experiment<Name extends ExperimentName>(name: Name, settings: SettingsOf<Name>, seed: number) {
    const { experimentFactory } = await fetched(name, import("./experiments/factories.ts"));
    const prepare = await experimentFactory(name);
    const open = async (id: string) => loadFolder(await this.#library.folder({ shipped: id }));
    return prepare({ backend: this.#backend.current, random: new Random(seed), open }, settings);
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
      const room = this.#backend.early().then((backend) => expectRoom(report, backend));
      const paths = report.files.map(({ path }) => path);
      const [{ config, tokenizer, tensors }] = await Promise.all([loadFolder(folder, options, paths), room]);
      const measured = { ...report, ...(await weightsInUse(config, tensors)) };
      const entry = "shipped" in source ? await this.#library.entry(source.shipped) : null;
      const backend = await this.#backend.early();
      expectRoom(measured, backend);
      const open = await networkOpener(config);
      const network = open(backend, tensors);
      const kept = backend.kind === "cpu" ? null : tensors;
      // Should another backend be ready in the end, the network moves there like that of a lost device.
      await this.ready;
      const { traceNames } = network;
      const model = { id, report: measured, entry, config, tokenizer, traceNames };
      return { kind: "checkpoint", ...model, open, network, tensors: kept };
    } catch (error) {
      this.#library.forget(source);
      throw error;
    }
  }
}
