import { onDestroy } from "svelte";
import type { RunState } from "../../../../engine/experiments/run.ts";
import { type Pair, pairAccuracy, pairLoss } from "../../../../engine/rl/bradley-terry.ts";
import { bestAccuracy, descend } from "../../../../engine/rl/pair-scores.ts";
import { centred } from "../../../../engine/statistics.ts";
import { saveJson } from "../../../kit/frame/save.ts";
import { ANSWERS } from "./answers.ts";

/** One step of the fit, for the curves. */
interface FitRecord {
  readonly step: number;
  readonly loss: number;
  readonly accuracy: number;
}

interface FitSettings {
  /** Factor of ½ Σ r² in the loss. */
  readonly decay: number;
  /** By which the pairs were drawn; for the record. */
  readonly seed: number;
}

/** Steps after which a fit is over. */
export const MAX_STEPS = 600;
/** Steps between two pictures: the fit itself takes microseconds, and is to be seen. */
const STEPS_PER_FRAME = 4;
const RATE = 0.5;

/**
 * A reward model that is as small as can be: one score for every answer, fitted to the comparisons while the reader watches. Five numbers need
 * no engine; `RunButtons` is its keyboard all the same.
 */
export class RewardModel {
  comparisons: readonly Pair[] = $state.raw([]);
  scores: readonly number[] = $state.raw(ANSWERS.map(() => 0));
  history: readonly FitRecord[] = $state.raw([]);
  readonly accuracy = $derived(pairAccuracy(this.scores, this.comparisons));
  /** What no order of the answers can exceed. */
  readonly bound = $derived(bestAccuracy(ANSWERS.length, this.comparisons));
  readonly steps = $derived(this.history.at(-1)?.step ?? 0);
  readonly #settings: () => FitSettings;
  #running = $state(false);
  #stopped = $state(false);
  #frame = 0;

  /** @param settings those that hold now; asked anew for each step */
  constructor(settings: () => FitSettings) {
    this.#settings = settings;
    onDestroy(() => this.#halt());
  }

  get state(): RunState {
    if (this.#running) return "running";
    if (this.steps >= MAX_STEPS) return "finished";
    if (this.steps === 0) return "idle";
    return this.#stopped ? "stopped" : "paused";
  }

  get open(): boolean {
    return this.state === "running" || this.state === "paused";
  }

  /** Of the run: there is one to save, or there is none. */
  get number(): number {
    return this.steps > 0 ? 1 : 0;
  }

  /** Replaces the comparisons; the scores stay, and are fitted to the new ones. */
  take(comparisons: readonly Pair[]): void {
    this.comparisons = comparisons;
    this.history = [];
    this.#stopped = false;
    if (comparisons.length === 0) this.#halt();
  }

  /** Fits until it is over, paused or stopped. Each frame shows some steps. */
  async start(): Promise<void> {
    if (this.#running || !this.#ready()) return;
    this.#running = true;
    const tick = (): void => {
      if (!this.#running) return;
      this.#descend(STEPS_PER_FRAME);
      if (this.steps >= MAX_STEPS) this.#running = false;
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

  /** Scores as before the first step; the comparisons stay. */
  forget(): void {
    this.#halt();
    this.#stopped = false;
    this.scores = ANSWERS.map(() => 0);
    this.history = [];
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

  /** Whether there is something to learn from; a fit that is over begins anew. */
  #ready(): boolean {
    if (this.comparisons.length === 0) return false;
    if (this.steps > 0 && !this.open) this.forget();
    return true;
  }

  #descend(count: number): void {
    const { comparisons } = this;
    const { decay } = this.#settings();
    let scores = this.scores;
    const records: FitRecord[] = [];
    for (let i = 0; i < count; i++) {
      scores = descend(scores, comparisons, { rate: RATE, decay });
      const [loss, accuracy] = [pairLoss(scores, comparisons) ?? 0, pairAccuracy(scores, comparisons) ?? 0];
      records.push({ step: this.steps + i + 1, loss, accuracy });
    }
    this.scores = centred(scores);
    this.history = [...this.history, ...records].slice(-MAX_STEPS);
  }
}
