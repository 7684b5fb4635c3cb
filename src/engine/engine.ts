import type { Backend, BackendKind } from "./backends/backend.ts";
import { createCpuBackend } from "./backends/cpu/cpu.ts";
import { type Choice, chooseBackend } from "./backends/select.ts";
import { EngineError } from "./errors.ts";
import { createExperiment, type ExperimentName, type SettingsOf } from "./experiments/catalog.ts";
import type { Progress } from "./models/download.ts";
import { Gpt2 } from "./models/gpt2.ts";
import { Gpt2Tree } from "./models/gpt2-tree.ts";
import { type LoadOptions, loadModelFile, loadModelFiles, type ModelFiles } from "./models/loader.ts";
import { fetchManifest, type Manifest } from "./models/manifest.ts";
import { ResilientTree } from "./models/resilient-tree.ts";
import type { TokenTree } from "./models/token-tree.ts";
import { Random } from "./random.ts";

/** What computes, and why; shown to the reader beside every demo. */
export interface EngineStatus {
  readonly kind: BackendKind;
  readonly device: string;
  readonly reason: string;
}

/** What is in use on the backend: numbers kept for models, trees and experiments. */
export type EngineMemory = Backend["memory"];

interface LoadedModel {
  readonly files: ModelFiles;
  model: Gpt2;
}

/** A model that is loading or loaded, for everyone who asked for it. */
interface Loading {
  readonly result: Promise<LoadedModel>;
  readonly controller: AbortController;
  readonly listeners: Set<(progress: Progress) => void>;
  /** Callers that still want it; the download stops when the last of them has aborted. */
  waiting: number;
  loaded: LoadedModel | null;
}

/**
 * One backend and every model loaded on it. When the GPU device is lost the engine moves, once, to the CPU: models are rebuilt from the
 * bytes that it keeps, and trees in use replay their tokens there, so that what the reader watches goes on.
 */
export class Engine {
  readonly #base: URL;
  readonly #onStatus: (status: EngineStatus) => void;
  #backend: Backend;
  #reason: string;
  #manifest: Promise<Manifest> | null = null;
  #models = new Map<string, Loading>();
  #recovery: Promise<void> | null = null;

  /**
   * @param base folder of `manifest.json`, with a slash at its end
   * @param forced the backend that the address asked for
   * @throws EngineError `no-webgpu`
   */
  static async create(
    base: URL,
    forced: BackendKind | undefined,
    onStatus: (status: EngineStatus) => void,
  ): Promise<Engine> {
    return new Engine(base, await chooseBackend(forced), onStatus);
  }

  private constructor(base: URL, choice: Choice, onStatus: (status: EngineStatus) => void) {
    this.#base = base;
    this.#backend = choice.backend;
    this.#reason = choice.reason;
    this.#onStatus = onStatus;
    this.#watch(choice.backend);
  }

  get status(): EngineStatus {
    return { kind: this.#backend.kind, device: this.#backend.device, reason: this.#reason };
  }

  get memory(): EngineMemory {
    const { bytes, storages } = this.#backend.memory;
    return { bytes, storages };
  }

  /** Prepares an experiment, which holds memory of the backend until it is disposed. @throws EngineError as `createExperiment` */
  experiment<Name extends ExperimentName>(name: Name, settings: SettingsOf<Name>, seed: number) {
    return createExperiment(name, { backend: this.#backend, random: new Random(seed) }, settings);
  }

  /** The list of models that the site ships; fetched once. */
  manifest(): Promise<Manifest> {
    this.#manifest ??= fetchManifest(this.#base).catch((error: unknown) => {
      this.#manifest = null;
      throw error;
    });
    return this.#manifest;
  }

  /**
   * Downloads (or takes from the cache), checks and builds a model. A later call for the same model joins the first; aborting one caller
   * stops the download only if nobody else waits for it.
   * @throws EngineError `cancelled` if the caller's signal aborts; see also `loadModelFiles` and `Gpt2`
   */
  async load(id: string, { onProgress, signal }: LoadOptions = {}): Promise<ModelFiles> {
    const loading = this.#models.get(id) ?? this.#startLoading(id);
    if (onProgress) loading.listeners.add(onProgress);
    loading.waiting++;
    try {
      return (await unlessAborted(loading.result, signal)).files;
    } finally {
      loading.waiting--;
      if (onProgress) loading.listeners.delete(onProgress);
      if (loading.waiting === 0 && !loading.loaded) {
        loading.controller.abort();
        this.#forget(id, loading);
      }
    }
  }

  /** One more file of a shipped model, by its path in the manifest. */
  async file(id: string, path: string, options: LoadOptions = {}): Promise<ArrayBuffer> {
    return loadModelFile(this.#base, await this.#entry(id), path, options);
  }

  /** An empty tree of tokens of a loaded model. @throws EngineError `not-found` if it is not loaded */
  async tree(id: string): Promise<TokenTree> {
    const loading = this.#models.get(id);
    if (!loading) throw new EngineError("not-found", id);
    const loaded = await loading.result;
    return new ResilientTree(
      () => new Gpt2Tree(loaded.model),
      () => this.#recover(),
    );
  }

  #startLoading(id: string): Loading {
    const controller = new AbortController();
    const listeners = new Set<(progress: Progress) => void>();
    const onProgress = (progress: Progress): void => {
      for (const listener of listeners) listener(progress);
    };
    const result = this.#build(id, { onProgress, signal: controller.signal });
    const loading: Loading = { result, controller, listeners, waiting: 0, loaded: null };
    this.#models.set(id, loading);
    result.then(
      (loaded) => {
        loading.loaded = loaded;
      },
      () => this.#forget(id, loading),
    );
    return loading;
  }

  /** What failed or was cancelled is not kept: the next call tries again. */
  #forget(id: string, loading: Loading): void {
    if (this.#models.get(id) === loading) this.#models.delete(id);
  }

  async #build(id: string, options: LoadOptions): Promise<LoadedModel> {
    const files = await loadModelFiles(this.#base, await this.#entry(id), options);
    return { files, model: this.#model(files) };
  }

  async #entry(id: string) {
    const { models } = await this.manifest();
    const entry = models.find((model) => model.id === id);
    if (!entry) throw new EngineError("not-found", id);
    return entry;
  }

  #model({ config, tensors }: ModelFiles): Gpt2 {
    return Gpt2.open(this.#backend, config, tensors);
  }

  #watch(backend: Backend): void {
    // A recovery that fails is reported by the next call that needs it.
    void backend.lost.then(() => this.#recover().catch(() => {}));
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
    // Only what is there is moved: what is still loading is built on the new backend. The lost one is left to the garbage collector,
    // because trees in use still refer to it, and must hear from it that it is lost.
    if (this.#backend.kind !== "cpu") {
      this.#reason = `${this.#backend.device} 中断了，已改用 CPU 继续`;
      this.#backend = await createCpuBackend();
    }
    for (const { loaded } of this.#models.values()) {
      if (loaded && loaded.model.backend !== this.#backend) loaded.model = this.#model(loaded.files);
    }
    this.#onStatus(this.status);
  }
}

/** The promise, or `cancelled` as soon as the signal aborts. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise<T>((resolve, reject) => {
    const abort = (): void => reject(new EngineError("cancelled"));
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
