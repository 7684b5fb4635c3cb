import * as Comlink from "comlink";
import type { EngineMemory, EngineStatus } from "./active-backend.ts";
import type { BackendKind } from "./backends/backend.ts";
import type { BeamEvent } from "./decoding/beam.ts";
import type { SampleUpdate } from "./decoding/sample.ts";
import type { Engine, LoadRequest } from "./engine.ts";
import { EngineError, toEngineError } from "./errors.ts";
import type { AnswerOf, ExperimentName, MetricsOf, QuestionOf, SettingsOf } from "./experiments/catalog.ts";
import { ExperimentRun, type RecordSource } from "./experiments/run.ts";
import type { ModelReport } from "./files/report.ts";
import type { ModelSource } from "./files/source.ts";
import type { UnknownCharacter } from "./files/tokenizer.ts";
import { Lifeline } from "./lifeline.ts";
import type { ModelCalls } from "./model-calls.ts";
import type { PositionRows } from "./models/gpt2-batch.ts";
import type { ResilientTree } from "./models/resilient-tree.ts";
import { carryEngineErrors } from "./remote.ts";
import { startWorker } from "./start-worker.ts";
import type { EngineService, ModelInfo, PipelineInfo, Writing } from "./worker.ts";

/** A tree of tokens that lives in the worker; `dispose` it when done. */
export interface RemoteTree extends Pick<ResilientTree, "append" | "extend" | "inspect"> {
  dispose(): Promise<void>;
}

/** What a demo's work asks of the engine: `EngineClient` answers it on a page, `openNodeEngine` in a build. */
export interface EngineCalls extends Pick<EngineClient, keyof ModelCalls | Writing | "file" | "tree" | "experiment"> {
  load(id: string, options?: LoadRequest): Promise<ModelInfo>;
}

/** A running worker. */
interface Connection {
  readonly service: Comlink.Remote<EngineService>;
  /** Ends when the worker's script fails: calls that it has not answered will never be. */
  readonly life: Lifeline;
  /** Shipped models that it holds, by id: they are never unloaded. */
  readonly loaded: Map<string, ModelInfo | PipelineInfo>;
}

/**
 * The page's end of the engine. The worker starts with the first call that needs it; every method may be called at any time and from any
 * number of demos at once. All errors are `EngineError`. If the worker dies, its calls fail and the next call starts a new one.
 */
export class EngineClient implements Pick<ModelCalls, keyof ModelCalls>, Pick<Engine, Writing> {
  readonly #base: string;
  readonly #forced: BackendKind | undefined;
  #connection: Promise<Connection> | null = null;
  #status: EngineStatus | null = null;
  #listeners = new Set<(status: EngineStatus) => void>();
  #requests = 0;

  // What a loaded model is asked: each is a method of `ModelCalls`, where it is described.
  readonly encode = this.#call("encode");
  readonly decode = this.#call("decode");
  readonly next = this.#call("next");
  readonly logProbs = this.#call("logProbs");
  readonly traces = this.#call("traces");
  readonly patch = this.#call("patch");
  readonly logitLens = this.#call("logitLens");
  readonly read = this.#call("read");
  readonly readTexts = this.#call("readTexts");
  readonly readPair = this.#call("readPair");
  readonly inputGradients = this.#call("inputGradients");
  readonly run = this.#call("run");

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
  inspect(source: ModelSource, { signal }: Pick<LoadRequest, "signal"> = {}): Promise<ModelReport> {
    return this.#abortable(signal, (service, request) => service.inspect(request, source));
  }

  /**
   * Loads a model, or joins its loading; a shipped one that is loaded costs nothing, the reader's own files are a new model each time.
   *
   * @param source the id of a shipped model, or any source; one from a foreign address, and a pipeline, needs `agreedBytes`
   */
  load(id: string, options?: LoadRequest): Promise<ModelInfo>;
  load(source: ModelSource, options?: LoadRequest): Promise<ModelInfo | PipelineInfo>;
  async load(
    source: string | ModelSource,
    { onProgress, signal, agreedBytes }: LoadRequest = {},
  ): Promise<ModelInfo | PipelineInfo> {
    const from = typeof source === "string" ? { shipped: source } : source;
    const { loaded } = await this.#connect();
    const known = "shipped" in from ? loaded.get(from.shipped) : undefined;
    if (known) return known;
    const model = await this.#abortable<ModelInfo | PipelineInfo>(signal, (service, request) =>
      service.load(request, from, agreedBytes, onProgress && Comlink.proxy(onProgress)),
    );
    if ("shipped" in from) loaded.set(from.shipped, model);
    return model;
  }

  /** One more file of a model, by its path in the manifest. */
  file(id: string, path: string, { onProgress, signal }: LoadRequest = {}): Promise<ArrayBuffer> {
    return this.#abortable(signal, (service, request) =>
      service.file(request, id, path, onProgress && Comlink.proxy(onProgress)),
    );
  }

  /** What the vocabulary of a model of the site does not have of a text. The model need not be loaded, but its small files are fetched if they are not here. */
  unknown(id: string, text: string): Promise<readonly UnknownCharacter[]> {
    return this.#ask((service) => service.unknown(id, text));
  }

  /** Frees a model of the reader's own that is no longer needed. Shipped ones stay: all demos share them. */
  unload(id: string): Promise<void> {
    return this.#ask((service) => service.unload(id));
  }

  /** Memory that models, trees and experiments of this page hold in the worker. */
  memory(): Promise<EngineMemory> {
    return this.#ask((service) => service.memory());
  }

  /** An empty tree of tokens. @param options for experiments with the position embeddings */
  async tree(id: string, options?: { readonly positions?: PositionRows }): Promise<RemoteTree> {
    const { service, life } = await this.#connect();
    const remote = await life.until(service.tree(id, options));
    return {
      append: (...args) => life.until(remote.append(...args)),
      extend: (...args) => life.until(remote.extend(...args)),
      inspect: (...args) => life.until(remote.inspect(...args)),
      dispose: () => release(remote, remote.dispose(), life),
    };
  }

  /** Samples, or decodes greedily, token by token. Leaving the loop ends the work. */
  sample(...args: Parameters<Engine["sample"]>): AsyncGenerator<SampleUpdate, void, undefined> {
    return this.#pull("sample", args);
  }

  /** Beam search, step by step. Leaving the loop ends the work. */
  beamSearch(...args: Parameters<Engine["beamSearch"]>): AsyncGenerator<BeamEvent, void, undefined> {
    return this.#pull("beamSearch", args);
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
    const { service, life } = await this.#connect();
    const proxy = await life.until(service.experiment(name, settings, seed));
    // All its methods are asynchronous, so its proxy looks just like it.
    const remote = proxy as unknown as RecordSource<MetricsOf<Name>, QuestionOf<Name>, AnswerOf<Name>> &
      Comlink.ProxyMethods;
    const device = this.#status ? `${this.#status.kind} · ${this.#status.device}` : "";
    const source: RecordSource<MetricsOf<Name>, QuestionOf<Name>, AnswerOf<Name>> = {
      next: () => life.until(remote.next()),
      ask: (question) => life.until(remote.ask(question)),
      return: () => release(remote, remote.return(), life),
    };
    return new ExperimentRun({ experiment: name, seed, settings, device }, source, onChange);
  }

  /** A method of `ModelCalls` on this side. What Comlink's types make of generic calls is less than what `EngineService.ask` gives. */
  #call<Name extends keyof ModelCalls>(name: Name): ModelCalls[Name] {
    const call = (...args: Parameters<ModelCalls[Name]>) => this.#ask((service) => service.ask(name, args));
    return call as ModelCalls[Name];
  }

  async #ask<T>(call: (service: Connection["service"]) => Promise<T>): Promise<T> {
    const { service, life } = await this.#connect();
    return life.until(call(service));
  }

  /** A generator of the engine on this side. */
  async *#pull<T>(name: Writing, args: Parameters<Engine["sample"]>): AsyncGenerator<T, void, undefined> {
    const { service, life } = await this.#connect();
    const remote = await life.until(service.write(name, ...args));
    try {
      for (;;) {
        const result = await life.until(remote.next() as Promise<IteratorResult<T, void>>);
        if (result.done) return;
        yield result.value;
      }
    } finally {
      await release(remote, remote.return(), life);
    }
  }

  async #abortable<T>(
    signal: AbortSignal | undefined,
    call: (service: Connection["service"], request: number) => Promise<T>,
  ): Promise<T> {
    const { service, life } = await this.#connect();
    if (signal?.aborted) throw new EngineError("cancelled");
    const request = ++this.#requests;
    const abort = (): void => void service.abort(request);
    signal?.addEventListener("abort", abort);
    try {
      return await life.until(call(service, request));
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
    const life = new Lifeline();
    const end = (error: EngineError): void => {
      // A second error of a worker that was given up must not make its successor forgotten.
      if (life.ended) return;
      forget();
      life.end(error);
    };
    const onDeath = (reason: string): void => end(new EngineError("internal", reason));
    // An error without a message is of no script that ran: it was not fetched.
    worker.addEventListener("error", ({ message }) =>
      message ? onDeath(message) : end(new EngineError("network", "引擎的程序")),
    );
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
    return { service, life, loaded: new Map() };
  }
}

/** Lets go of something in the worker once that has freed it. A worker that died holds nothing any more. */
async function release(proxy: Comlink.ProxyMethods, freed: Promise<unknown>, life: Lifeline): Promise<void> {
  await life.until(freed).catch((error: unknown) => {
    if (!life.ended) throw error;
  });
  proxy[Comlink.releaseProxy]();
}
