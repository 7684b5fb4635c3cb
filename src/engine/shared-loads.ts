import { EngineError } from "./errors.ts";
import type { Progress } from "./files/download.ts";
import type { LoadOptions } from "./files/loader.ts";

/** Something that is loading or loaded, for everyone who asked for it. */
interface Load<T> {
  readonly result: Promise<T>;
  readonly controller: AbortController;
  readonly listeners: Set<(progress: Progress) => void>;
  /** Callers that still want it; the work stops when the last of them has aborted. */
  waiting: number;
  loaded: T | null;
}

/** Loads each thing once: a later call for the same one joins the first. */
export class SharedLoads<T> {
  readonly #free: (unwanted: T) => Promise<void>;
  #loads = new Map<string, Load<T>>();

  /** @param free cleans up what came although nobody waits for it any more: work may end before it hears that it was aborted */
  constructor(free: (unwanted: T) => Promise<void>) {
    this.#free = free;
  }

  /**
   * What is loaded under the id, or else what `work` makes; aborting one caller stops the work only if nobody else waits for it.
   * @throws EngineError `cancelled` if the caller's signal aborts; what `work` throws
   */
  async get(id: string, { onProgress, signal }: LoadOptions, work: (options: LoadOptions) => Promise<T>): Promise<T> {
    const load = this.#loads.get(id) ?? this.#start(id, work);
    if (onProgress) load.listeners.add(onProgress);
    load.waiting++;
    try {
      return await unlessAborted(load.result, signal);
    } finally {
      load.waiting--;
      if (onProgress) load.listeners.delete(onProgress);
      if (load.waiting === 0 && !load.loaded) {
        load.controller.abort();
        this.#forget(id, load);
      }
    }
  }

  /** What was asked for under the id; undefined if nobody did. */
  peek(id: string): Promise<T> | undefined {
    return this.#loads.get(id)?.result;
  }

  /** Forgets what is loaded, and hands it to the caller to be cleaned up. What is still loading is cancelled. */
  take(id: string): T | null {
    const load = this.#loads.get(id);
    this.#loads.delete(id);
    if (load && !load.loaded) load.controller.abort();
    return load?.loaded ?? null;
  }

  #start(id: string, work: (options: LoadOptions) => Promise<T>): Load<T> {
    const controller = new AbortController();
    const listeners = new Set<(progress: Progress) => void>();
    const onProgress = (progress: Progress): void => {
      for (const listener of listeners) listener(progress);
    };
    const result = work({ onProgress, signal: controller.signal }).then(async (loaded) => {
      if (controller.signal.aborted) {
        await this.#free(loaded);
        throw new EngineError("cancelled");
      }
      load.loaded = loaded;
      return loaded;
    });
    const load: Load<T> = { result, controller, listeners, waiting: 0, loaded: null };
    this.#loads.set(id, load);
    result.catch(() => {
      // Whatever of the work still runs beside what failed.
      controller.abort();
      this.#forget(id, load);
    });
    return load;
  }

  /** What failed or was cancelled is not kept: the next call tries again. */
  #forget(id: string, load: Load<T>): void {
    if (this.#loads.get(id) === load) this.#loads.delete(id);
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
