import { toEngineError } from "../../../engine/errors.ts";
import type { ExperimentName, SettingsOf } from "../../../engine/experiments/catalog.ts";
import { ExperimentDemo } from "../../kit/run/experiment-demo.svelte.ts";
import type { Downloads } from "./downloads.svelte.ts";

/** An experiment with models of the site: it is `starting` while their weights come, and `downloads.progress` says how far they are. */
export class ModelExperiment<Name extends ExperimentName> extends ExperimentDemo<Name> {
  readonly downloads: Downloads;
  /** Ends its waiting for the weights; undefined while it does not. */
  #waiting: AbortController | undefined;

  /** @param wanted what the reader has set, read at the beginning of every run */
  constructor(
    name: Name,
    downloads: Downloads,
    wanted: () => { readonly settings: SettingsOf<Name>; readonly seed: number },
  ) {
    super(name, wanted);
    this.downloads = downloads;
  }

  /** All that `DemoFrame` shows of it: `<DemoFrame {...experiment.shown} …>`. What stands behind that replaces a part. */
  get shown() {
    const { label, progress, here } = this.downloads;
    return {
      state: this.frame,
      ready: this.state !== "starting" || here,
      model: label,
      progress,
      error: this.error,
      engine: this.engine,
      runLabel: "开始",
    };
  }

  override async prepare(): Promise<boolean> {
    return (await this.#fetched()) && super.prepare();
  }

  override async start(): Promise<void> {
    if (await this.#fetched()) await super.start();
  }

  override async step(): Promise<void> {
    if (await this.#fetched()) await super.step();
  }

  /** While the weights come there is nothing to go on with later, so it is as `stop`. */
  override async pause(): Promise<void> {
    await (this.#waiting ? this.stop() : super.pause());
  }

  override async stop(): Promise<void> {
    this.#waiting?.abort();
    await super.stop();
  }

  /** Whether the weights are here, and are still wanted. */
  async #fetched(): Promise<boolean> {
    if (this.downloads.here) return true;
    if (this.#waiting) return false;
    const before = this.state;
    const controller = new AbortController();
    this.state = "starting";
    this.error = undefined;
    this.#waiting = controller;
    try {
      await this.downloads.fetch(controller.signal);
      if (controller.signal.aborted) return false;
      this.state = before;
      return true;
    } catch (error) {
      // Nobody waits for it.
      if (controller.signal.aborted) return false;
      this.error = { message: toEngineError(error).message };
      this.state = "failed";
      return false;
    } finally {
      if (this.#waiting === controller) this.#waiting = undefined;
    }
  }
}
