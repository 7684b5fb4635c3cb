import { EngineError, toEngineError } from "../errors.ts";
import type { Experiment, MetricRecord } from "./experiment.ts";

/** What drives a run: an experiment in the worker, or in this thread. */
export interface RecordSource<Metrics, Question, Answer> {
  next(): Promise<IteratorResult<Metrics, void>>;
  ask(question: Question): Promise<Answer>;
  /** Ends the work and frees what it holds. */
  return(): Promise<void>;
}

/** An experiment of this thread as what drives a run. */
export function recordsOf<Metrics extends MetricRecord, Question, Answer>(
  experiment: Experiment<Metrics, Question, Answer>,
): RecordSource<Metrics, Question, Answer> {
  const records = experiment.run();
  return {
    next: () => records.next(),
    ask: (question) => experiment.ask(question),
    async return() {
      try {
        await records.return();
      } finally {
        experiment.dispose();
      }
    },
  };
}

/**
 * `idle` before the first step; `running`; `paused` between two steps; at last `finished` (all steps done), `stopped` (by the reader) or `failed`.
 */
export type RunState = "idle" | "running" | "paused" | "finished" | "stopped" | "failed";

/** A run as a file: enough to repeat it, and what it measured. */
export interface RunExport<Settings> {
  readonly experiment: string;
  readonly seed: number;
  readonly settings: Settings;
  readonly device: string;
  readonly state: RunState;
  readonly records: readonly MetricRecord[];
}

export interface RunDescription<Settings> {
  readonly experiment: string;
  readonly seed: number;
  readonly settings: Settings;
  /** What computes, as shown to the reader. */
  readonly device: string;
}

/**
 * A run of an experiment in the reader's hands: start, pause, single step, stop. Steps never overlap; whoever pauses or stops waits for
 * the step under way. A finished run still answers questions, and holds its memory until `stop`.
 */
export class ExperimentRun<Settings, Metrics extends MetricRecord, Question, Answer> {
  readonly description: RunDescription<Settings>;
  /** Everything measured so far. */
  readonly records: Metrics[] = [];
  readonly #source: RecordSource<Metrics, Question, Answer>;
  readonly #onChange: () => void;
  #state: RunState = "idle";
  #error: EngineError | null = null;
  /** Ends with the last step that was asked for: steps queue up behind it. */
  #steps: Promise<void> = Promise.resolve();
  #loop: Promise<void> | null = null;
  /** Once `stop` was called: ends when everything is free. */
  #ending: Promise<void> | null = null;
  #freed = false;

  /** @param onChange called after every change of `state` and every new record */
  constructor(
    description: RunDescription<Settings>,
    source: RecordSource<Metrics, Question, Answer>,
    onChange: () => void = () => {},
  ) {
    this.description = description;
    this.#source = source;
    this.#onChange = onChange;
  }

  get state(): RunState {
    return this.#state;
  }

  /** Why the run failed. */
  get error(): EngineError | null {
    return this.#error;
  }

  /** Neither finished, nor stopped, nor failed. */
  get open(): boolean {
    return this.#state === "idle" || this.#state === "running" || this.#state === "paused";
  }

  /** Runs until the end, or until `pause` or `stop`. Resolves when it no longer runs; failures are in `error`. */
  start(): Promise<void> {
    if (!this.open) return Promise.resolve();
    this.#become("running");
    this.#loop ??= this.#keepRunning().finally(() => {
      this.#loop = null;
    });
    return this.#loop;
  }

  /** Resolves when the step under way is done. */
  pause(): Promise<void> {
    if (this.#state === "running") this.#become("paused");
    return this.#steps;
  }

  /** One step, then paused. A run that is under way pauses after its present step. */
  step(): Promise<void> {
    if (!this.open) return Promise.resolve();
    if (this.#state === "running") return this.pause();
    this.#become("paused");
    return this.#enqueueStep();
  }

  /** Asks the experiment between two steps. @throws EngineError `cancelled` after `stop`, or what the experiment says */
  ask(question: Question): Promise<Answer> {
    const answer = this.#steps.then(() => {
      if (this.#freed) throw new EngineError("cancelled");
      return this.#source.ask(question);
    });
    this.#steps = answer.then(
      () => {},
      () => {},
    );
    return answer;
  }

  /** Ends the run for good and frees what it holds. What was measured stays. */
  stop(): Promise<void> {
    if (this.open) this.#become("stopped");
    this.#ending ??= this.#steps.then(() => {
      this.#freed = true;
      return this.#source.return();
    });
    return this.#ending;
  }

  /** The run as it stands, for a file. */
  export(): RunExport<Settings> {
    return { ...this.description, state: this.#state, records: [...this.records] };
  }

  async #keepRunning(): Promise<void> {
    while (this.#state === "running") await this.#enqueueStep();
  }

  #enqueueStep(): Promise<void> {
    this.#steps = this.#steps.then(() => this.#pull());
    return this.#steps;
  }

  async #pull(): Promise<void> {
    if (!this.open) return;
    try {
      const { done, value } = await this.#source.next();
      if (!done) {
        this.records.push(value);
        this.#onChange();
      } else if (this.open) {
        this.#become("finished");
      }
    } catch (error) {
      this.#error = toEngineError(error);
      if (this.open) this.#become("failed");
    }
  }

  #become(state: RunState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#onChange();
  }
}
