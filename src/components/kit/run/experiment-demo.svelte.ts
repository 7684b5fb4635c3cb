import { EngineError, toEngineError } from "../../../engine/errors.ts";
import type {
  AnswerOf,
  ExperimentName,
  MetricsOf,
  QuestionOf,
  SettingsOf,
} from "../../../engine/experiments/catalog.ts";
import type { ExperimentRun, RunState } from "../../../engine/experiments/run.ts";
import { saveJson } from "../frame/save.ts";
import type { DemoError, DemoState, EngineLabel } from "../frame/types.ts";
import { describeEngine, getEngine } from "./engine.ts";

/** How often new records reach the plots: records may come faster than anybody can look, and every redraw takes time from the training. */
const REFRESH_MS = 150;

type Run<Name extends ExperimentName> = ExperimentRun<
  SettingsOf<Name>,
  MetricsOf<Name>,
  QuestionOf<Name>,
  AnswerOf<Name>
>;

/**
 * The life of a demo that trains something: start, pause, step, stop, and again with other settings. One for each run that the demo shows; its
 * fields are reactive, and `RunButtons` is its keyboard.
 */
export class ExperimentDemo<Name extends ExperimentName> {
  /** `starting` while the engine prepares the run. */
  state: RunState | "starting" = $state("idle");
  error: DemoError | undefined = $state.raw();
  engine: EngineLabel | undefined = $state.raw();
  /** What was measured so far, refreshed some times a second. */
  records: readonly MetricsOf<Name>[] = $state.raw([]);
  /** What the run was started with, whatever the reader sets meanwhile; undefined before the first. */
  settings: SettingsOf<Name> | undefined = $state.raw();
  /** A number of its own for every run, so that what belongs to an old one can be told. */
  number = $state(0);
  #run: Run<Name> | undefined;
  /** Counts beginnings and what undoes them: a run that comes too late is not taken. */
  #attempt = 0;
  readonly #name: Name;
  readonly #wanted: () => { readonly settings: SettingsOf<Name>; readonly seed: number };
  #refreshing: ReturnType<typeof setTimeout> | undefined;
  #unsubscribe: (() => void) | undefined;

  /** @param wanted what the reader has set, read at the beginning of every run */
  constructor(name: Name, wanted: () => { readonly settings: SettingsOf<Name>; readonly seed: number }) {
    this.#name = name;
    this.#wanted = wanted;
  }

  /** Neither finished nor stopped nor failed: goes on when it is started. */
  get open(): boolean {
    return this.state === "paused" || this.state === "running" || this.state === "starting";
  }

  /** Has a run in the worker, which answers questions. */
  get answers(): boolean {
    return this.number > 0 && ["idle", "running", "paused", "finished"].includes(this.state);
  }

  /** What `DemoFrame` shows. */
  get frame(): DemoState {
    if (this.state === "starting") return "loading";
    if (this.state === "running") return "running";
    if (this.state === "finished") return "done";
    return this.state === "failed" ? "error" : "idle";
  }

  /** What a run that failed has left, as a sentence. */
  get remains(): string {
    if (this.records.length === 0) return "没有开始，什么也没有量到。";
    if (this.#run?.state !== "failed") return "没有开始。上一次量到的数都还在。";
    return "没有做完。量到的数都还在，可以导出，也可以重新开始。";
  }

  /** Begins without a step, for a run that is asked something first. @returns whether there is a run now; `error` says why not */
  async prepare(): Promise<boolean> {
    return (await this.#open()) !== undefined;
  }

  /** Begins, or goes on. Resolves when it no longer runs. */
  async start(): Promise<void> {
    await (await this.#open())?.start();
  }

  /** One step, then a pause; begins if need be. */
  async step(): Promise<void> {
    await (await this.#open())?.step();
  }

  async pause(): Promise<void> {
    await this.#run?.pause();
  }

  /** Ends the run and frees its memory; what was measured stays. */
  async stop(): Promise<void> {
    if (this.state === "starting") {
      this.#attempt++;
      this.state = "stopped";
    }
    await this.#run?.stop();
  }

  /** As before the first run. */
  async clear(): Promise<void> {
    const stopping = this.stop();
    this.#run = undefined;
    this.state = "idle";
    this.error = undefined;
    this.records = [];
    this.settings = undefined;
    this.number = 0;
    await stopping;
  }

  /** Asks the run between two of its steps. @throws EngineError `cancelled` if there is none */
  async ask(question: QuestionOf<Name>): Promise<AnswerOf<Name>> {
    if (!this.#run) throw new EngineError("cancelled");
    return this.#run.ask(question);
  }

  /**
   * Saves settings, seed, device and everything measured as JSON.
   * @param more what the demo itself has measured, beside or instead of what the run has
   */
  save(fileName: string, more: object = {}): void {
    if (this.#run) saveJson(fileName, { ...this.#run.export(), ...more });
  }

  /** The run that can go on, or a new one; undefined if it could not be made, or was stopped before it was there. */
  async #open(): Promise<Run<Name> | undefined> {
    if (this.state === "starting") return undefined;
    if (this.#run?.open) return this.#run;
    const attempt = ++this.#attempt;
    this.state = "starting";
    this.error = undefined;
    const engine = getEngine();
    this.#unsubscribe?.();
    this.#unsubscribe = engine.onStatus((status) => {
      this.engine = describeEngine(status);
    });
    try {
      await this.#run?.stop();
      const { settings, seed } = this.#wanted();
      const run: Run<Name> = await engine.experiment(this.#name, settings, seed, () => this.#changed(run));
      if (attempt !== this.#attempt) {
        await run.stop();
        return undefined;
      }
      this.#run = run;
      this.records = [];
      this.settings = settings;
      this.number++;
      this.state = "idle";
      return run;
    } catch (error) {
      if (attempt !== this.#attempt) return undefined;
      this.error = { message: toEngineError(error).message };
      this.state = "failed";
      return undefined;
    }
  }

  #changed(run: Run<Name>): void {
    if (run !== this.#run) return;
    this.state = run.state;
    if (run.error) this.error = { message: run.error.message };
    if (run.state === "running") {
      this.#refreshing ??= setTimeout(() => this.#refresh(), REFRESH_MS);
    } else {
      this.#refresh();
    }
  }

  #refresh(): void {
    clearTimeout(this.#refreshing);
    this.#refreshing = undefined;
    if (this.#run) this.records = [...this.#run.records];
  }
}
