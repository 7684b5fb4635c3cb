import * as Comlink from "comlink";
import type { BackendKind } from "./backends/backend.ts";
import { type BeamEvent, beamSearch } from "./decoding/beam.ts";
import { type SampledToken, type SequenceFinished, sample } from "./decoding/sample.ts";
import type { GenerationSettings } from "./decoding/settings.ts";
import { Engine, type EngineMemory, type EngineStatus } from "./engine.ts";
import { EngineError } from "./errors.ts";
import type { AnswerOf, ExperimentName, MetricsOf, QuestionOf, SettingsOf } from "./experiments/catalog.ts";
import type { RecordSource } from "./experiments/run.ts";
import type { Progress } from "./models/download.ts";
import type { ManifestEntry } from "./models/manifest.ts";
import type { NodeId, Step } from "./models/token-tree.ts";
import type { EncodedText } from "./models/tokenizer.ts";
import { carryEngineErrors } from "./remote.ts";

/** A loaded model as the page sees it. */
export interface ModelInfo {
  readonly entry: ManifestEntry;
  readonly contextLength: number;
  /** What each token id stands for; special tokens in brackets. */
  readonly vocabulary: readonly string[];
  /** Ids of the tokens that are no text. */
  readonly specialIds: ReadonlySet<number>;
  readonly endId: number | null;
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
  #engine: Promise<Engine> | null = null;
  #aborts = new Map<number, AbortController>();

  /** Starts the backend. @param base folder of the models */
  async start(
    base: string,
    forced: BackendKind | undefined,
    onStatus: (status: EngineStatus) => void,
  ): Promise<EngineStatus> {
    this.#engine ??= Engine.create(new URL(base), forced, onStatus);
    try {
      return (await this.#engine).status;
    } catch (error) {
      this.#engine = null;
      throw error;
    }
  }

  /** @param request a number of the caller's choice, for `abort` */
  async load(id: string, request: number, onProgress: ProgressListener): Promise<ModelInfo> {
    const engine = await this.#started();
    const { entry, config, tokenizer } = await this.#abortable(request, (signal) =>
      engine.load(id, { onProgress, signal }),
    );
    const vocabulary = Array.from({ length: config.vocabularySize }, (_, token) => tokenizer.token(token));
    return {
      entry,
      contextLength: config.contextLength,
      vocabulary,
      specialIds: tokenizer.specialIds,
      endId: config.endId,
    };
  }

  async file(id: string, path: string, request: number, onProgress: ProgressListener): Promise<ArrayBuffer> {
    const engine = await this.#started();
    const bytes = await this.#abortable(request, (signal) => engine.file(id, path, { onProgress, signal }));
    return Comlink.transfer(bytes, [bytes]);
  }

  abort(request: number): void {
    this.#aborts.get(request)?.abort();
  }

  async encode(id: string, text: string): Promise<EncodedText> {
    const engine = await this.#started();
    return (await engine.load(id)).tokenizer.encode(text);
  }

  async tree(id: string) {
    const tree = await (await this.#started()).tree(id);
    return Comlink.proxy({
      append: (parent: NodeId | null, ids: readonly number[]): Promise<Step> => tree.append(parent, ids),
      dispose: (): void => tree.dispose(),
    });
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
    const experiment = (await this.#started()).experiment(name, settings, seed);
    const records = experiment.run();
    const source: RecordSource<MetricsOf<Name>, QuestionOf<Name>, AnswerOf<Name>> = {
      next: () => records.next(),
      ask: (question) => experiment.ask(question),
      async return() {
        await records.return();
        experiment.dispose();
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

  #started(): Promise<Engine> {
    if (!this.#engine) throw new EngineError("internal", "the engine was not started");
    return this.#engine;
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
