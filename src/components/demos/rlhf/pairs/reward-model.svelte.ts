import { type Pair, pairAccuracy } from "../../../../engine/rl/bradley-terry.ts";
import { ANSWERS } from "./answers.ts";
import { bestAccuracy, centred, descend, pairLoss } from "./scores.ts";

/** One step of the fit, for the curves. */
export interface FitRecord {
  readonly step: number;
  readonly loss: number;
  readonly accuracy: number;
}

/** Steps after which a fit is over. */
export const MAX_STEPS = 600;
/** Steps between two pictures: the fit itself takes microseconds, and is to be seen. */
const STEPS_PER_FRAME = 4;
const RATE = 0.5;

/** A reward model that is as small as can be: one score for every answer, fitted to the comparisons while the reader watches. */
export class RewardModel {
  comparisons: readonly Pair[] = $state.raw([]);
  scores: readonly number[] = $state.raw(ANSWERS.map(() => 0));
  history: readonly FitRecord[] = $state.raw([]);
  running = $state(false);
  /** Factor of ½ Σ r² in the loss. */
  decay = $state(0.02);
  readonly loss = $derived(this.comparisons.length > 0 ? pairLoss(this.scores, this.comparisons) : null);
  readonly accuracy = $derived(pairAccuracy(this.scores, this.comparisons));
  /** What no order of the answers can exceed. */
  readonly bound = $derived(bestAccuracy(ANSWERS.length, this.comparisons));
  readonly steps = $derived(this.history.at(-1)?.step ?? 0);
  #frame = 0;

  /** Replaces the comparisons; the scores stay, and are fitted to the new ones. */
  take(comparisons: readonly Pair[]): void {
    this.comparisons = comparisons;
    this.history = [];
    if (comparisons.length === 0) this.pause();
  }

  /** Fits until it is over, or paused. Each frame shows some steps. */
  start(): void {
    if (this.running || this.comparisons.length === 0) return;
    if (this.steps >= MAX_STEPS) this.forget();
    this.running = true;
    const tick = (): void => {
      if (!this.running) return;
      this.step(STEPS_PER_FRAME);
      if (this.steps >= MAX_STEPS) this.running = false;
      else this.#frame = requestAnimationFrame(tick);
    };
    this.#frame = requestAnimationFrame(tick);
  }

  pause(): void {
    this.running = false;
    cancelAnimationFrame(this.#frame);
  }

  step(count = 1): void {
    if (this.comparisons.length === 0) return;
    const { comparisons, decay } = this;
    let scores = this.scores;
    const records: FitRecord[] = [];
    for (let i = 0; i < count; i++) {
      scores = descend(scores, comparisons, { rate: RATE, decay });
      const accuracy = pairAccuracy(scores, comparisons) ?? 0;
      records.push({ step: this.steps + i + 1, loss: pairLoss(scores, comparisons), accuracy });
    }
    this.scores = centred(scores);
    this.history = [...this.history, ...records].slice(-MAX_STEPS);
  }

  /** Scores as before the first step; the comparisons stay. */
  forget(): void {
    this.pause();
    this.scores = ANSWERS.map(() => 0);
    this.history = [];
  }
}

/** The page's one reward model: the demo of pairs teaches it, and the diagram of the workflow shows it. */
export const rewardModel = new RewardModel();
