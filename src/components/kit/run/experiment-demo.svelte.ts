import { onDestroy } from "svelte";
import { toEngineError } from "../../../engine/errors.ts";
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
import type { Lifetime } from "./demo-task.svelte.ts";
import { describeEngine, getEngine } from "./engine.ts";
import { type Weights, weightsOf } from "./weights.svelte.ts";

/**
 * How often new records reach the plots: they may come faster than anybody can look, and every redraw takes time from the training. The more there
 * are, the longer that takes, and the less a few more change: then they come less often, but at least every second.
 */
const REFRESH_MS = 150;
const LONGEST_REFRESH_MS = 1000;
const RECORDS_PER_MS = 10;

type Run<Name extends ExperimentName> = ExperimentRun<
  SettingsOf<Name>,
  MetricsOf<Name>,
  QuestionOf<Name>,
  AnswerOf<Name>
>;

/** What a run is started with. */
export interface Wanted<Name extends ExperimentName> {
  readonly settings: SettingsOf<Name>;
  readonly seed: number;
}

/** What answers a question: of several kinds the one of the question's own. */
export type AnswerTo<Name extends ExperimentName, Question> = Question extends { readonly kind: infer Kind }
  ? Extract<AnswerOf<Name>, { readonly kind: Kind }>
  : AnswerOf<Name>;

interface Options<Name extends ExperimentName> {
  /** Models of the site that the experiment opens: it is `starting` while their weights come, and the frame shows how far they are. */
  readonly models?: readonly string[];
  readonly lifetime?: Lifetime;
  /** Told of every record in the moment in which it is there: what is asked then, before anything is awaited, is answered before the next step. */
  readonly onrecord?: (record: MetricsOf<Name>) => void;
}

/**
 * The life of a demo that trains something: start, pause, step, stop, and again with other settings. One for each run that the demo shows; its
 * fields are reactive, and `RunButtons` is its keyboard.
 */
export class ExperimentDemo<Name extends ExperimentName> {
  /** `starting` while weights come and the engine prepares the run. */
  state: RunState | "starting" = $state("idle");
  error: DemoError | undefined = $state.raw();
  engine: EngineLabel | undefined = $state.raw();
  /** What was measured so far, refreshed some times a second: another list each time, so that whatever is derived from it changes, too. */
  records: readonly MetricsOf<Name>[] = $state.raw([]);
  /** What the run was started with, whatever the reader sets meanwhile; undefined before the first. */
  settings: SettingsOf<Name> | undefined = $state.raw();
  /** How many runs have read what is wanted; for the frame, which compares. */
  begun = $state(0);
  /** A number of its own for every run, so that what belongs to an old one can be told. */
  number = $state(0);
  readonly weights: Weights;
  #run: Run<Name> | undefined;
  /** Ends the waiting for the weights; undefined while nobody waits. */
  #waiting: AbortController | undefined;
  /** Counts beginnings and what undoes them: a run that comes too late is not taken. */
  #attempt = 0;
  readonly #name: Name;
  readonly #wanted: () => Wanted<Name>;
  readonly #onrecord: ((record: MetricsOf<Name>) => void) | undefined;
  /** Records of the present run that `onrecord` was told of. */
  #told = 0;
  #refreshing: ReturnType<typeof setTimeout> | undefined;
  #unsubscribe: (() => void) | undefined;

  /** @param wanted what the reader has set, read at the beginning of every run */
  constructor(
    name: Name,
    wanted: () => Wanted<Name>,
    { models = [], lifetime = "component", onrecord }: Options<Name> = {},
  ) {
    this.#name = name;
    this.#wanted = wanted;
    this.#onrecord = onrecord;
    this.weights = weightsOf(models);
    if (lifetime === "component") onDestroy(() => void this.clear());
  }

  /** Neither finished nor stopped nor failed: goes on when it is started. */
  get open(): boolean {
    return this.state === "paused" || this.state === "running" || this.state === "starting";
  }

  /** Has a run in the worker, which answers questions. */
  get answers(): boolean {
    return this.number > 0 && ["idle", "running", "paused", "finished"].includes(this.state);
  }

  /** The reader has set something else than what the open run goes by. */
  get changed(): boolean {
    return this.open && JSON.stringify(this.settings) !== JSON.stringify(this.#wanted().settings);
  }

  /** The state as the frame knows it. */
  get phase(): DemoState {
    return phaseOf(this.state);
  }

  /** Waits for weights: the frame says how far they are, and nobody knows better. */
  get downloading(): boolean {
    return this.state === "starting" && !this.weights.here;
  }

  /** All that `DemoFrame` shows of it: `<DemoFrame {...demo.frame} …>`. What stands behind that replaces a part. */
  get frame() {
    return {
      state: this.phase,
      ready: !this.downloading,
      model: this.weights.label,
      progress: this.weights.progress,
      error: this.error,
      engine: this.engine,
      begun: this.begun,
      asked: () => JSON.stringify(this.#wanted()),
      runLabel: "开始",
    };
  }

  /** What a run that failed has left, as a sentence. */
  get remains(): string {
    if (this.records.length === 0) return "没有开始，什么也没有量到。";
    if (this.#run?.state !== "failed") return "没有开始。上一次量到的数都还在。";
    return "没有做完。量到的数都还在，可以导出，也可以重新开始。";
  }

  /** Begins without a step, for a run that is asked something first. @returns whether there is a run now; `error` says why not */
  async prepare(): Promise<boolean> {
    const run = await this.#open();
    if (run && this.state === "starting") this.state = "idle";
    return run !== undefined;
  }

  /** Begins, or goes on. Resolves when it no longer runs. */
  async start(): Promise<void> {
    await (await this.#open())?.start();
  }

  /** One step, then a pause; begins if need be. */
  async step(): Promise<void> {
    await (await this.#open())?.step();
  }

  /** While the weights come there is nothing to go on with later, so it is as `stop`. */
  async pause(): Promise<void> {
    await (this.#waiting ? this.stop() : this.#run?.pause());
  }

  /** Ends the run and frees its memory; what was measured stays. */
  async stop(): Promise<void> {
    this.#waiting?.abort();
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

  /**
   * Asks the run between two of its steps. A question that fails is an error for the frame to show.
   * @returns undefined if it has failed, there is no run, it was stopped meanwhile, or another one has begun: nobody needs the answer then
   */
  async ask<Question extends QuestionOf<Name>>(question: Question): Promise<AnswerTo<Name, Question> | undefined> {
    const run = this.#run;
    try {
      const answer = await run?.ask(question);
      // An answer is of its question's kind.
      return run === this.#run ? (answer as AnswerTo<Name, Question> | undefined) : undefined;
    } catch (error) {
      const { code, message } = toEngineError(error);
      if (run === this.#run && code !== "cancelled") {
        this.error = { message };
        this.state = "failed";
      }
      return undefined;
    }
  }

  /**
   * Saves settings, seed, device and everything measured as JSON.
   * @param more what the demo itself has measured, beside or instead of what the run has
   */
  save(fileName: string, more: object = {}): void {
    if (this.#run) saveJson(fileName, { ...this.#run.export(), ...more });
  }

  /** The run that can go on, or a new one, which is `starting` until it does something; undefined if it could not be made, or was stopped before it was there. */
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
      await this.#fetchWeights();
      await this.#run?.stop();
      if (attempt !== this.#attempt) return undefined;
      const { settings, seed } = this.#wanted();
      this.begun++;
      const run: Run<Name> = await engine.experiment(this.#name, settings, seed, () => this.#changed(run));
      if (attempt !== this.#attempt) {
        await run.stop();
        return undefined;
      }
      this.#run = run;
      this.settings = settings;
      this.#told = 0;
      this.number++;
      this.#refresh();
      return run;
    } catch (error) {
      if (attempt !== this.#attempt) return undefined;
      this.error = { message: toEngineError(error).message };
      this.state = "failed";
      return undefined;
    }
  }

  async #fetchWeights(): Promise<void> {
    if (this.weights.here) return;
    const controller = new AbortController();
    this.#waiting = controller;
    try {
      await this.weights.fetch(controller.signal);
    } finally {
      if (this.#waiting === controller) this.#waiting = undefined;
    }
  }

  #changed(run: Run<Name>): void {
    if (run !== this.#run) return;
    this.state = run.state;
    if (run.error) this.error = { message: run.error.message };
    // Told of at once, so one at a time.
    if (run.records.length > this.#told) this.#onrecord?.(run.records[this.#told++]!);
    if (run.state === "running") {
      const delay = Math.min(REFRESH_MS + run.records.length / RECORDS_PER_MS, LONGEST_REFRESH_MS);
      this.#refreshing ??= setTimeout(() => this.#refresh(), delay);
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

/** The state of a run as a frame knows it. */
export function phaseOf(state: RunState | "starting"): DemoState {
  switch (state) {
    case "starting":
      return "loading";
    case "running":
    case "paused":
      return state;
    case "finished":
      return "done";
    case "failed":
      return "error";
    default:
      return "idle";
  }
}

/** What several runs are doing together: done when all are, and in trouble when one is. */
export function jointPhase(phases: readonly DemoState[]): DemoState {
  const first = (["running", "loading", "error", "paused"] as const).find((phase) => phases.includes(phase));
  return first ?? (phases.every((phase) => phase === "done") ? "done" : "idle");
}
