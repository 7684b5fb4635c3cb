import * as Comlink from "comlink";
import type { BackendKind } from "./backends/backend.ts";
import type { BeamEvent } from "./decoding/beam.ts";
import type { GenerationSettings } from "./decoding/settings.ts";
import type { EngineStatus } from "./engine.ts";
import { EngineError } from "./errors.ts";
import type { ManifestEntry } from "./models/manifest.ts";
import type { NodeId, Step } from "./models/token-tree.ts";
import type { EncodedText } from "./models/tokenizer.ts";
import { carryEngineErrors } from "./remote.ts";
import type { EngineService, ModelInfo, Progress, RemoteStream, SampleUpdate } from "./worker.ts";

export interface DownloadOptions {
  readonly onProgress?: (progress: Progress) => void;
  /** Abort it, and the call rejects with `cancelled`. */
  readonly signal?: AbortSignal;
}

/** A tree of tokens that lives in the worker (see `TokenTree`). */
export interface RemoteTree {
  append(parent: NodeId | null, ids: readonly number[]): Promise<Step>;
  dispose(): Promise<void>;
}

/**
 * The page's end of the engine. The worker starts with the first call that needs it; every method may be called at any time and from any
 * number of demos at once. All errors are `EngineError`.
 */
export class EngineClient {
  readonly #base: string;
  readonly #forced: BackendKind | undefined;
  #started: Promise<Comlink.Remote<EngineService>> | null = null;
  #status: EngineStatus | null = null;
  #listeners = new Set<(status: EngineStatus) => void>();
  #requests = 0;

  /**
   * @param base address of the folder of the models, with a slash at its end
   * @param forced backend that the reader asked for
   */
  constructor(base: string, forced?: BackendKind) {
    this.#base = base;
    this.#forced = forced;
  }

  /** Calls the listener with the status, now if it is known and whenever it changes. Returns what ends that. */
  onStatus(listener: (status: EngineStatus) => void): () => void {
    this.#listeners.add(listener);
    if (this.#status) listener(this.#status);
    return () => this.#listeners.delete(listener);
  }

  /** The models that the site ships. */
  async models(): Promise<readonly ManifestEntry[]> {
    return (await this.#service()).models();
  }

  /** Loads a model, or joins its loading. */
  async load(id: string, options: DownloadOptions = {}): Promise<ModelInfo> {
    return this.#download(options, (service, request, onProgress) => service.load(id, request, onProgress));
  }

  /** One more file of a model, by its path in the manifest. */
  async file(id: string, path: string, options: DownloadOptions = {}): Promise<ArrayBuffer> {
    return this.#download(options, (service, request, onProgress) => service.file(id, path, request, onProgress));
  }

  /** Text to token ids; the model must be loaded, as for everything below. */
  async encode(id: string, text: string): Promise<EncodedText> {
    return (await this.#service()).encode(id, text);
  }

  /** An empty tree of tokens; `dispose` it when done. */
  async tree(id: string): Promise<RemoteTree> {
    const remote = await (await this.#service()).tree(id);
    return {
      append: (parent, ids) => remote.append(parent, ids),
      dispose: async () => {
        await remote.dispose();
        remote[Comlink.releaseProxy]();
      },
    };
  }

  /** Samples, or decodes greedily, token by token. Leaving the loop ends the work. */
  async *sample(
    id: string,
    prompt: readonly number[],
    settings: GenerationSettings,
  ): AsyncGenerator<SampleUpdate, void, undefined> {
    const service = await this.#service();
    yield* pull<SampleUpdate>(await service.sample(id, prompt, settings));
  }

  /** Beam search, step by step. Leaving the loop ends the work. */
  async *beamSearch(
    id: string,
    prompt: readonly number[],
    settings: GenerationSettings,
  ): AsyncGenerator<BeamEvent, void, undefined> {
    const service = await this.#service();
    yield* pull<BeamEvent>(await service.beamSearch(id, prompt, settings));
  }

  async #download<T>(
    { onProgress, signal }: DownloadOptions,
    call: (
      service: Comlink.Remote<EngineService>,
      request: number,
      onProgress: (progress: Progress) => void,
    ) => Promise<T>,
  ): Promise<T> {
    const service = await this.#service();
    if (signal?.aborted) throw new EngineError("cancelled");
    const request = ++this.#requests;
    const abort = (): void => void service.abort(request);
    signal?.addEventListener("abort", abort);
    try {
      return await call(service, request, Comlink.proxy(onProgress ?? (() => {})));
    } finally {
      signal?.removeEventListener("abort", abort);
    }
  }

  #service(): Promise<Comlink.Remote<EngineService>> {
    this.#started ??= this.#start().catch((error: unknown) => {
      this.#started = null;
      throw error;
    });
    return this.#started;
  }

  async #start(): Promise<Comlink.Remote<EngineService>> {
    carryEngineErrors();
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    const broken = new Promise<never>((_, reject) => {
      worker.addEventListener(
        "error",
        (event) => reject(new EngineError("internal", event.message || "引擎的脚本没有加载")),
        { once: true },
      );
    });
    const service = Comlink.wrap<EngineService>(worker);
    const onStatus = (status: EngineStatus): void => {
      this.#status = status;
      for (const listener of this.#listeners) listener(status);
    };
    try {
      onStatus(await Promise.race([service.start(this.#base, this.#forced, Comlink.proxy(onStatus)), broken]));
      return service;
    } catch (error) {
      worker.terminate();
      throw error;
    }
  }
}

/** The remote stream as an async generator of this side. */
async function* pull<T>(stream: Comlink.Remote<RemoteStream<T>>): AsyncGenerator<T, void, undefined> {
  try {
    for (;;) {
      const result = (await stream.next()) as IteratorResult<T, void>;
      if (result.done) return;
      yield result.value;
    }
  } finally {
    await stream.return();
    stream[Comlink.releaseProxy]();
  }
}
