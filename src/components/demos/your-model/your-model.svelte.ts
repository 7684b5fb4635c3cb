import type { ModelReport } from "../../../engine/files/report.ts";
import type { ModelSource } from "../../../engine/files/source.ts";
import type { ModelInfo, PipelineInfo } from "../../../engine/worker.ts";
import { DemoTask, type TaskContext } from "../../kit/run/demo-task.svelte.ts";
import { getEngine } from "../../kit/run/engine.ts";

/**
 * A model that the reader brings, from choosing it to using it. Each step is one press of a button: look at it (a foreign server hears of the
 * reader only now), agree to its size and load it, use it.
 */
export class YourModel extends DemoTask {
  /** What was found out about it; undefined until the reader has looked. */
  report: ModelReport | undefined = $state.raw();
  /** Undefined until it is loaded. */
  model: ModelInfo | PipelineInfo | undefined = $state.raw();
  #source: ModelSource | undefined;

  inspect(source: ModelSource): Promise<void> {
    return this.work("running", async ({ engine, signal }) => {
      this.report = undefined;
      this.report = await engine.inspect(source, { signal });
      this.#source = source;
    });
  }

  /** The reader agrees to the size on the screen. */
  load(): Promise<void> {
    return this.work("loading", async ({ engine, signal, onProgress }) => {
      const [source, report] = [this.#source, this.report];
      if (!source || !report) return;
      this.model = await engine.load(source, { signal, agreedBytes: report.bytes, onProgress });
    });
  }

  use(work: (context: TaskContext) => Promise<void>): Promise<void> {
    return this.work("running", work);
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
}
