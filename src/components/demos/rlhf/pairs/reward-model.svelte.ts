import { onDestroy } from "svelte";
import type { RunState } from "../../../../engine/experiments/run.ts";
import { type Pair, pairAccuracy } from "../../../../engine/rl/bradley-terry.ts";
import { bestAccuracy } from "../../../../engine/rl/pair-scores.ts";
import type { FirstFigure, Mark } from "../../../kit/figure/types.ts";
import { saveJson } from "../../../kit/frame/save.ts";
import { ANSWERS, readComparisons } from "./answers.ts";
import type { PairFields } from "./fields.ts";
import { descended, type Fit, type FitRecord, MAX_STEPS, RATE, unfitted } from "./fit.ts";

/** Steps between two pictures: the fit itself takes microseconds, and is to be seen. */
const STEPS_PER_FRAME = 4;

/**
 * A reward model that is as small as can be: one score for every answer, fitted to the comparisons while the reader watches. Five numbers need
 * no engine; `RunButtons` is its keyboard all the same.
 */
export class RewardModel {
  readonly comparisons: readonly Pair[] = $derived.by(() => readComparisons(this.#settings().choices));
  /** What no order of the answers can exceed. */
  readonly bound = $derived.by(() => bestAccuracy(ANSWERS.length, this.comparisons));
  /** How often the reader has had something fitted; 0: what is shown was fitted before. */
  begun = $state(0);
  readonly #settings: () => PairFields;
  readonly #first: FirstFigure<Fit>;
  #fit: Fit = $state.raw()!;
  #running = $state(false);
  #stopped = $state(false);
  #frame = 0;

  /** @param settings those that hold now; asked anew for each step */
  constructor(settings: () => PairFields, first: FirstFigure<Fit>) {
    this.#settings = settings;
    this.#first = first;
    this.#fit = first.data;
    onDestroy(() => this.#halt());
  }

  get scores(): readonly number[] {
    return this.#fit.scores;
  }

  /** Of the fit to the present choices. */
  get history(): readonly FitRecord[] {
    return this.#fit.choices === this.#settings().choices ? this.#fit.history : [];
  }

  get steps(): number {
    return this.history.at(-1)?.step ?? 0;
  }

  get accuracy(): number | null {
    return pairAccuracy(this.scores, this.comparisons);
  }

  get mark(): Mark {
    return this.begun > 0 ? "live" : this.#first.provenance;
  }

  get state(): RunState {
    if (this.#running) return "running";
    if (this.begun === 0 || this.steps === 0) return "idle";
    if (this.steps >= MAX_STEPS) return "finished";
    return this.#stopped ? "stopped" : "paused";
  }

  get open(): boolean {
    return this.state === "running" || this.state === "paused";
  }

  /** Of the run: there is one to save, or there is none. */
  get number(): number {
    return this.state === "idle" ? 0 : 1;
  }

  /** Fits until it is over, paused or stopped. Each frame shows some steps. */
  async start(): Promise<void> {
    if (this.#running || !this.#ready()) return;
    this.#running = true;
    const tick = (): void => {
      if (!this.#running) return;
      this.#descend(STEPS_PER_FRAME);
      if (this.steps >= MAX_STEPS || this.comparisons.length === 0) this.#running = false;
      else this.#frame = requestAnimationFrame(tick);
    };
    this.#frame = requestAnimationFrame(tick);
  }

  async pause(): Promise<void> {
    this.#halt();
  }

  async step(): Promise<void> {
    if (this.#ready()) this.#descend(1);
  }

  /** Ends the fit: what it has measured stays, and the next start begins anew. */
  async stop(): Promise<void> {
    this.#halt();
    this.#stopped = true;
  }

  /** As before the reader had anything fitted. */
  reset(): void {
    this.#halt();
    this.#stopped = false;
    this.begun = 0;
    this.#fit = this.#first.data;
  }

  /** Saves settings, seed, comparisons and everything measured as JSON. */
  save(fileName: string): void {
    const { decay, seed } = this.#settings();
    const { state, scores, history } = this;
    const comparisons = this.comparisons.map(({ better, worse }) => ({
      better: ANSWERS[better]?.name,
      worse: ANSWERS[worse]?.name,
    }));
    saveJson(fileName, {
      settings: { decay, rate: RATE, steps: MAX_STEPS },
      seed,
      state,
      comparisons,
      scores,
      history,
    });
  }

  #halt(): void {
    if (this.#running) cancelAnimationFrame(this.#frame);
    this.#running = false;
  }

  /** Whether there is something to learn from; a fit that is not open begins anew. */
  #ready(): boolean {
    if (this.comparisons.length === 0) return false;
    if (!this.open) this.#fit = unfitted(this.#settings().choices);
    this.#stopped = false;
    return true;
  }

  #descend(count: number): void {
    this.begun++;
    this.#fit = descended(this.#fit, this.#settings(), count);
  }
}
