import * as Comlink from "comlink";
import type { BackendKind } from "./backends/backend.ts";
import type { BeamEvent } from "./decoding/beam.ts";
import type { GenerationSettings } from "./decoding/settings.ts";
import type { EngineMemory, EngineStatus, LoadRequest } from "./engine.ts";
import { EngineError, toEngineError } from "./errors.ts";
import type { AnswerOf, ExperimentName, MetricsOf, QuestionOf, SettingsOf } from "./experiments/catalog.ts";
import { ExperimentRun, type RecordSource } from "./experiments/run.ts";
import type { PipelineInput, PipelineOptions } from "./files/pipeline.ts";
import type { ModelReport } from "./files/report.ts";
import type { ModelSource } from "./files/source.ts";
import type { EncodedText } from "./files/tokenizer.ts";
import type { ClassifiedText, InputGradientOptions, InputGradients } from "./models/bert-gradients.ts";
import type { BatchOptions, Reading, ReadingOptions, TextToRead } from "./models/bert-reading.ts";
import type { PositionRows } from "./models/gpt2-batch.ts";
import type { Inspection } from "./models/gpt2-tree.ts";
import type { NodeId, Step } from "./models/token-tree.ts";
import { carryEngineErrors } from "./remote.ts";
import { startWorker } from "./start-worker.ts";
import type { HostTensor } from "./tensor/trace.ts";
import type { EngineService, ModelInfo, PipelineInfo, RemoteStream, SampleUpdate } from "./worker.ts";

/** Aborting the signal makes the call reject with `cancelled`. */
export type RemoteLoadOptions = LoadRequest;

/** A tree of tokens that lives in the worker (see `TokenTree`). */
export interface RemoteTree {
  append(parent: NodeId | null, ids: readonly number[]): Promise<Step>;
  /** One token below each parent, all in one batch. */
  extend(parents: readonly NodeId[], ids: readonly number[]): Promise<Step[]>;
  /** As `append`, with a step for every token and the intermediates whose names match (`ModelInfo.traceNames`). */
  inspect(parent: NodeId | null, ids: readonly number[], names: readonly string[]): Promise<Inspection>;
  dispose(): Promise<void>;
}

/** A running worker. */
interface Connection {
  readonly service: Comlink.Remote<EngineService>;
  /** Rejects when the worker's script fails: calls that it has not answered will never be. */
  readonly died: Promise<never>;
  /** Shipped models that it holds, by id: they are never unloaded. */
  readonly loaded: Map<string, ModelInfo | PipelineInfo>;
}

/**
 * The page's end of the engine. The worker starts with the first call that needs it; every method may be called at any time and from any
 * number of demos at once. All errors are `EngineError`. If the worker dies, its calls fail and the next call starts a new one.
 */
export class EngineClient {
  readonly #base: string;
  readonly #forced: BackendKind | undefined;
  #connection: Promise<Connection> | null = null;
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

  /**
   * What can be said of a model before its weights are fetched. A foreign server is asked for it: call this only when the reader has pressed
   * something that says so.
   */
  async inspect(source: ModelSource, options: Pick<RemoteLoadOptions, "signal"> = {}): Promise<ModelReport> {
    return this.#abortable(options.signal, (service, request) => service.inspect(source, request));
  }

  /**
   * Loads a model, or joins its loading; a shipped one that is loaded costs nothing, the reader's own files are a new model each time.
   *
   * @param source the id of a shipped model, or any source; one from a foreign address, and a pipeline, needs `agreedBytes`
   */
  load(id: string, options?: RemoteLoadOptions): Promise<ModelInfo>;
  load(source: ModelSource, options?: RemoteLoadOptions): Promise<ModelInfo | PipelineInfo>;
  async load(
    source: string | ModelSource,
    { onProgress, signal, agreedBytes }: RemoteLoadOptions = {},
  ): Promise<ModelInfo | PipelineInfo> {
    const from = typeof source === "string" ? { shipped: source } : source;
    const { loaded } = await this.#connect();
    const known = "shipped" in from ? loaded.get(from.shipped) : undefined;
    if (known) return known;
    const model = await this.#abortable<ModelInfo | PipelineInfo>(signal, (service, request) =>
      service.load(from, agreedBytes, request, onProgress && Comlink.proxy(onProgress)),
    );
    if ("shipped" in from) loaded.set(from.shipped, model);
    return model;
  }

  /** Frees a model of the reader's own that is no longer needed. Shipped ones stay: all demos share them. */
  async unload(id: string): Promise<void> {
    const { service, died } = await this.#connect();
    await Promise.race([service.unload(id), died]);
  }

  /** One more file of a model, by its path in the manifest. */
  async file(id: string, path: string, options: RemoteLoadOptions = {}): Promise<ArrayBuffer> {
    const { onProgress, signal } = options;
    return this.#abortable(signal, (service, request) =>
      service.file(id, path, request, onProgress && Comlink.proxy(onProgress)),
    );
  }

  /** Text, or a pair of texts, to token ids; the model must be loaded, as for everything below. */
  async encode(id: string, text: string, second?: string): Promise<EncodedText> {
    const { service, died } = await this.#connect();
    return Promise.race([service.encode(id, text, second), died]);
  }

  /** The text of token ids, without special tokens; half a character, where a tokenizer cuts them, is `�`. */
  async decode(id: string, ids: readonly number[]): Promise<string> {
    const { service, died } = await this.#connect();
    return Promise.race([service.decode(id, ids), died]);
  }

  /** What a BERT makes of a text: guesses for its masks, whether the sentences follow each other, classes, intermediates. */
  async read(id: string, text: Pick<EncodedText, "ids" | "segments">, options?: ReadingOptions): Promise<Reading> {
    const { service, died } = await this.#connect();
    return Promise.race([service.read(id, text, options), died]);
  }

  /** `read` for several texts at once: the way to read many. */
  async readTexts(id: string, texts: readonly TextToRead[], options?: BatchOptions): Promise<Reading[]> {
    const { service, died } = await this.#connect();
    return Promise.race([service.readTexts(id, texts, options), died]);
  }

  /** What gradients say of the tokens of a text: gradient × input, and integrated gradients. */
  async inputGradients(id: string, text: ClassifiedText, options: InputGradientOptions): Promise<InputGradients> {
    const { service, died } = await this.#connect();
    return Promise.race([service.inputGradients(id, text, options), died]);
  }

  /** Runs a model of Transformers.js. @returns the task's own result, as plain data */
  async run(id: string, input: PipelineInput, options?: PipelineOptions): Promise<unknown> {
    const { service, died } = await this.#connect();
    return Promise.race([service.run(id, input, options), died]);
  }

  /** An empty tree of tokens; `dispose` it when done. @param options for experiments with the position embeddings */
  async tree(id: string, options?: { readonly positions?: PositionRows }): Promise<RemoteTree> {
    const { service, died } = await this.#connect();
    const remote = await Promise.race([service.tree(id, options), died]);
    return {
      append: (parent, ids) => Promise.race([remote.append(parent, ids), died]),
      extend: (parents, ids) => Promise.race([remote.extend(parents, ids), died]),
      inspect: (parent, ids, names) => Promise.race([remote.inspect(parent, ids, names), died]),
      dispose: () => release(remote, remote.dispose(), died),
    };
  }

  /** What a GPT-2 would predict from some point of its residual stream (`Gpt2.logitLens`). */
  async logitLens(id: string, residual: HostTensor): Promise<HostTensor> {
    const { service, died } = await this.#connect();
    return Promise.race([service.logitLens(id, residual), died]);
  }

  /** Samples, or decodes greedily, token by token. Leaving the loop ends the work. */
  async *sample(
    id: string,
    prompt: readonly number[],
    settings: GenerationSettings,
  ): AsyncGenerator<SampleUpdate, void, undefined> {
    const { service, died } = await this.#connect();
    yield* pull<SampleUpdate>(await Promise.race([service.sample(id, prompt, settings), died]), died);
  }

  /** Beam search, step by step. Leaving the loop ends the work. */
  async *beamSearch(
    id: string,
    prompt: readonly number[],
    settings: GenerationSettings,
  ): AsyncGenerator<BeamEvent, void, undefined> {
    const { service, died } = await this.#connect();
    yield* pull<BeamEvent>(await Promise.race([service.beamSearch(id, prompt, settings), died]), died);
  }

  /**
   * A run of an experiment, which holds memory in the worker until its `stop`: whoever gave it up before it was there must stop it, too.
   * @param seed unsigned 32-bit integer; the same seed gives the same run
   * @param onChange called after every change of the run's state and every record
   */
  async experiment<Name extends ExperimentName>(
    name: Name,
    settings: SettingsOf<Name>,
    seed: number,
    onChange?: () => void,
  ): Promise<ExperimentRun<SettingsOf<Name>, MetricsOf<Name>, QuestionOf<Name>, AnswerOf<Name>>> {
    const { service, died } = await this.#connect();
    const proxy = await Promise.race([service.experiment(name, settings, seed), died]);
    // All its methods are asynchronous, so its proxy looks just like it.
    const remote = proxy as unknown as RecordSource<MetricsOf<Name>, QuestionOf<Name>, AnswerOf<Name>> &
      Comlink.ProxyMethods;
    const device = this.#status ? `${this.#status.kind} · ${this.#status.device}` : "";
    const source: RecordSource<MetricsOf<Name>, QuestionOf<Name>, AnswerOf<Name>> = {
      next: () => Promise.race([remote.next(), died]),
      ask: (question) => Promise.race([remote.ask(question), died]),
      return: () => release(remote, remote.return(), died),
    };
    return new ExperimentRun({ experiment: name, seed, settings, device }, source, onChange);
  }

  /** Memory that models, trees and experiments of this page hold in the worker. */
  async memory(): Promise<EngineMemory> {
    const { service, died } = await this.#connect();
    return Promise.race([service.memory(), died]);
  }

  async #abortable<T>(
    signal: AbortSignal | undefined,
    call: (service: Connection["service"], request: number) => Promise<T>,
  ): Promise<T> {
    const { service, died } = await this.#connect();
    if (signal?.aborted) throw new EngineError("cancelled");
    const request = ++this.#requests;
    const abort = (): void => void service.abort(request);
    signal?.addEventListener("abort", abort);
    try {
      return await Promise.race([call(service, request), died]);
    } finally {
      signal?.removeEventListener("abort", abort);
    }
  }

  #connect(): Promise<Connection> {
    this.#connection ??= this.#start();
    return this.#connection;
  }

  async #start(): Promise<Connection> {
    carryEngineErrors();
    const worker = startWorker();
    const forget = (): void => {
      worker.terminate();
      this.#connection = null;
    };
    const { promise: died, reject } = Promise.withResolvers<never>();
    // Who waits for an answer hears of it there.
    died.catch(() => {});
    let alive = true;
    const end = (error: EngineError): void => {
      // A second error of a worker that was given up must not make its successor forgotten.
      if (!alive) return;
      alive = false;
      forget();
      reject(error);
    };
    const onDeath = (reason: string): void => end(new EngineError("internal", reason));
    worker.addEventListener("error", ({ message }) => onDeath(message || "引擎的脚本没有加载"));
    // Nobody knows whose answer it was: all who wait must hear of it.
    worker.addEventListener("messageerror", () => onDeath("引擎的回答读不出来"));
    const service = Comlink.wrap<EngineService>(worker);
    const onStatus = (status: EngineStatus): void => {
      this.#status = status;
      for (const listener of this.#listeners) listener(status);
    };
    // Calls follow at once: the worker lets those wait that need its backend.
    service
      .start(this.#base, this.#forced, Comlink.proxy(onStatus))
      .then(onStatus, (error: unknown) => end(toEngineError(error)));
    return { service, died, loaded: new Map() };
  }
}

/** The remote stream as an async generator of this side. */
async function* pull<T>(
  stream: Comlink.Remote<RemoteStream<T>>,
  died: Promise<never>,
): AsyncGenerator<T, void, undefined> {
  try {
    for (;;) {
      const result = (await Promise.race([stream.next(), died])) as IteratorResult<T, void>;
      if (result.done) return;
      yield result.value;
    }
  } finally {
    await release(stream, stream.return(), died);
  }
}

/** Lets go of something in the worker once that has freed it. A worker that died holds nothing any more. */
async function release(proxy: Comlink.ProxyMethods, freed: Promise<void>, died: Promise<never>): Promise<void> {
  await Promise.race([freed, died.catch(() => {})]);
  proxy[Comlink.releaseProxy]();
}
