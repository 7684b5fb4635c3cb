import type { EngineClient } from "../../../engine/client.ts";
import { toEngineError } from "../../../engine/errors.ts";
import type { Progress } from "../../../engine/files/download.ts";
import type { ModelInfo } from "../../../engine/worker.ts";
import type { DemoError, DemoState, EngineLabel, ModelLabel } from "../frame/types.ts";
import { describeEngine, getEngine } from "./engine.ts";
import { shippedModel } from "./shipped-model.ts";

/** What a run works with. */
export interface RunContext {
  readonly engine: EngineClient;
  readonly model: ModelInfo;
  readonly signal: AbortSignal;
}

/**
 * The life of a demo that runs a model of the site: load, run, cancel, fail, run again. One per island; `DemoFrame` takes its `frame`.
 *
 * Starting again cancels the run before. What a cancelled run still does changes nothing: its errors are dropped, and `until` ends its loop.
 */
export class DemoRun {
  state: DemoState = $state("idle");
  error: DemoError | undefined = $state();
  progress: Progress | undefined = $state();
  engine: EngineLabel | undefined = $state();
  /** The loaded model, once there is one. */
  model: ModelInfo | undefined = $state.raw();
  readonly #label: ModelLabel;
  #controller: AbortController | undefined;

  /** @param files other files of the model's folder that the demo downloads */
  constructor(modelId: string, files?: readonly string[]) {
    this.#label = shippedModel(modelId, files);
  }

  /** All that `DemoFrame` shows of it: `<DemoFrame {...run.frame} …>`. What stands behind that replaces a part. */
  get frame() {
    return {
      state: this.state,
      model: { ...this.#label, loaded: this.model !== undefined },
      engine: this.engine,
      progress: this.progress,
      error: this.error,
      oncancel: () => this.cancel(),
    };
  }

  /** Loads the model if need be, then works. Resolves when the run is over, in whatever way. */
  async start(work: (context: RunContext) => Promise<void>): Promise<void> {
    this.#controller?.abort();
    const controller = new AbortController();
    this.#controller = controller;
    const { signal } = controller;
    const engine = getEngine();
    const unsubscribe = engine.onStatus((status) => {
      this.engine = describeEngine(status);
    });
    this.error = undefined;
    this.state = this.model ? "running" : "loading";
    try {
      const model = await engine.load(this.#label.id, {
        signal,
        onProgress: (progress) => {
          if (!signal.aborted) this.progress = progress;
        },
      });
      if (signal.aborted) return;
      this.model = model;
      this.state = "running";
      await work({ engine, model, signal });
      if (!signal.aborted) this.state = "done";
    } catch (error) {
      if (signal.aborted) return;
      this.error = { message: toEngineError(error).message };
      this.state = "error";
    } finally {
      unsubscribe();
    }
  }

  /** Ends the run; what it has shown stays. */
  cancel(): void {
    this.#controller?.abort();
    this.state = "idle";
  }
}

/** The items of a stream until the signal aborts; the stream is closed either way, so that its memory is free. */
export async function* until<T>(
  signal: AbortSignal,
  stream: AsyncGenerator<T, void, undefined>,
): AsyncGenerator<T, void, undefined> {
  for await (const item of stream) {
    if (signal.aborted) return;
    yield item;
  }
}
