import * as Comlink from "comlink";
import type { EngineMemory, EngineStatus } from "./active-backend.ts";
import type { BackendKind } from "./backends/backend.ts";
import type { BeamEvent } from "./decoding/beam.ts";
import type { SampleUpdate } from "./decoding/sample.ts";
import type { GenerationSettings } from "./decoding/settings.ts";
import { Engine } from "./engine.ts";
import { EngineError } from "./errors.ts";
import type { ExperimentName, SettingsOf } from "./experiments/catalog.ts";
import { recordsOf } from "./experiments/run.ts";
import type { Progress } from "./files/download.ts";
import type { ModelReport } from "./files/report.ts";
import type { ModelSource } from "./files/source.ts";
import type { UnknownCharacter } from "./files/tokenizer.ts";
import type { ModelCalls } from "./model-calls.ts";
import { describe, type ModelInfo, type PipelineInfo } from "./model-info.ts";
import type { PositionRows } from "./models/gpt2-batch.ts";
import { carryEngineErrors } from "./remote.ts";

export type { ModelInfo, PipelineInfo } from "./model-info.ts";

type ProgressListener = ((progress: Progress) => void) | undefined;

/** Texts that the engine writes step by step. */
export type Writing = "sample" | "beamSearch";

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
  inspect(request: number, source: ModelSource): Promise<ModelReport> {
    return this.#abortable(request, (signal) => this.#starting.inspect(source, signal));
  }

  /** @param request a number of the caller's choice, for `abort` */
  load(
    request: number,
    source: ModelSource,
    agreedBytes: number | undefined,
    onProgress: ProgressListener,
  ): Promise<ModelInfo | PipelineInfo> {
    return this.#abortable(request, async (signal) =>
      describe(await this.#starting.load(source, { agreedBytes, onProgress, signal })),
    );
  }

  /** @param request a number of the caller's choice, for `abort` */
  file(request: number, id: string, path: string, onProgress: ProgressListener): Promise<ArrayBuffer> {
    // Copied, not transferred: the file has yet to be stored.
    return this.#abortable(request, (signal) => this.#starting.file(id, path, { onProgress, signal }));
  }

  abort(request: number): void {
    this.#aborts.get(request)?.abort();
  }

  async unload(id: string): Promise<void> {
    await (await this.#started()).unload(id);
  }

  unknown(id: string, text: string): Promise<readonly UnknownCharacter[]> {
    return this.#starting.unknown(id, text);
  }

  async memory(): Promise<EngineMemory> {
    return (await this.#started()).memory;
  }

  /** Calls a method of `ModelCalls`. */
  async ask<Name extends keyof ModelCalls>(name: Name, args: Parameters<ModelCalls[Name]>): Promise<unknown> {
    const { calls } = await this.#started();
    return (calls[name] as (...own: Parameters<ModelCalls[Name]>) => unknown).apply(calls, args);
  }

  async tree(id: string, options?: { readonly positions?: PositionRows }) {
    return Comlink.proxy(await (await this.#started()).tree(id, options));
  }

  /** The page pulls; between two pulls the worker is free for others, and a pull that never comes costs nothing. */
  async write(name: Writing, id: string, prompt: readonly number[], settings: GenerationSettings) {
    const engine = await this.#started();
    const events: AsyncGenerator<SampleUpdate | BeamEvent, void, undefined> = engine[name](id, prompt, settings);
    return Comlink.proxy(events);
  }

  /** Prepares an experiment; the caller pulls its records, and frees it with `return`. */
  async experiment<Name extends ExperimentName>(name: Name, settings: SettingsOf<Name>, seed: number) {
    return Comlink.proxy(recordsOf(await (await this.#started()).experiment(name, settings, seed)));
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

export type { EngineService };

carryEngineErrors();
Comlink.expose(new EngineService());
