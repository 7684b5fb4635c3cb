import type { EngineClient } from "../../../engine/client.ts";
import { type EngineError, toEngineError } from "../../../engine/errors.ts";
import type { Progress } from "../../../engine/files/download.ts";
import type { ModelReport } from "../../../engine/files/report.ts";
import type { ModelSource } from "../../../engine/files/source.ts";
import type { ModelInfo, PipelineInfo } from "../../../engine/worker.ts";
import type { DemoState, EngineLabel } from "../../kit/frame/types.ts";
import { describeEngine, getEngine } from "../../kit/run/engine.ts";

/**
 * A model that the reader brings, from choosing it to using it. Each step is one press of a button: look at it (a foreign server hears of the
 * reader only now), agree to its size and load it, use it.
 */
export class YourModel {
  state: DemoState = $state("idle");
  error: { message: string } | undefined = $state();
  progress: Progress | undefined = $state();
  engine: EngineLabel | undefined = $state();
  /** What was found out about it; undefined until the reader has looked. */
  report: ModelReport | undefined = $state.raw();
  /** Undefined until it is loaded. */
  model: ModelInfo | PipelineInfo | undefined = $state.raw();
  #source: ModelSource | undefined;
  #controller: AbortController | undefined;

  inspect(source: ModelSource): Promise<void> {
    return this.#step("running", async (engine, signal) => {
      this.report = undefined;
      const report = await engine.inspect(source, { signal });
      if (signal.aborted) return;
      this.#source = source;
      this.report = report;
    });
  }

  /** The reader agrees to the size on the screen. */
  load(): Promise<void> {
    return this.#step("loading", async (engine, signal) => {
      const [source, report] = [this.#source, this.report];
      if (!source || !report) return;
      this.progress = undefined;
      const model = await engine.load(source, {
        signal,
        agreedBytes: report.bytes,
        onProgress: (progress) => {
          if (!signal.aborted) this.progress = progress;
        },
      });
      if (!signal.aborted) this.model = model;
    });
  }

  use(work: (engine: EngineClient, signal: AbortSignal) => Promise<void>): Promise<void> {
    return this.#step("running", work);
  }

  /** Says why nothing was started. */
  refuse(error: EngineError): void {
    this.error = { message: error.message };
    this.state = "error";
  }

  /** Ends what is going on; what there is stays. */
  cancel(): void {
    this.#controller?.abort();
    this.state = "idle";
  }

  /** Back to choosing; the memory of a loaded model is free again. */
  async reset(): Promise<void> {
    const { model } = this;
    this.cancel();
    this.error = undefined;
    this.report = undefined;
    this.model = undefined;
    this.progress = undefined;
    if (model) await getEngine().unload(model.id);
  }

  async #step(state: DemoState, work: (engine: EngineClient, signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#controller?.abort();
    const controller = new AbortController();
    this.#controller = controller;
    const { signal } = controller;
    const engine = getEngine();
    const unsubscribe = engine.onStatus((status) => {
      this.engine = describeEngine(status);
    });
    this.error = undefined;
    this.state = state;
    try {
      await work(engine, signal);
      if (!signal.aborted) this.state = "done";
    } catch (error) {
      if (signal.aborted) return;
      this.error = { message: toEngineError(error).message };
      this.state = "error";
    } finally {
      unsubscribe();
    }
  }
}
