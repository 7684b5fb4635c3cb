import { untrack } from "svelte";
import type { ExperimentDemo } from "../../kit/run/experiment-demo.svelte.ts";
import { EXAMINATION_SEED, EXAMINED, SHOWN, type Writing } from "./examination.ts";

/** Rounds after which the table is written anew while the training goes on. */
const EVERY = 5;

/**
 * What a run writes now, beside what its reference writes to the same prompts with the same seed. Follows the run by itself: a few reviews every
 * few rounds, an examination at its end. Made while a component is being initialised.
 */
export class Samples {
  before: Writing | undefined = $state.raw();
  now: Writing | undefined = $state.raw();
  /** Rounds that the policy had learned when it wrote `now`. */
  round = $state(0);
  /** An examination is under way, or waits for its turn. */
  examining = $state(false);
  readonly #run: ExperimentDemo<"rlhf">;
  #looking = false;
  /** Reviews that are wanted as soon as those under way are there. */
  #next = 0;

  constructor(run: ExperimentDemo<"rlhf">) {
    this.#run = run;
    $effect(() => {
      void run.number;
      this.before = undefined;
      this.now = undefined;
      this.round = 0;
    });
    $effect(() => {
      const { state, records, answers } = run;
      if (!answers || records.length === 0) return;
      untrack(() => this.#follow(state, records.length));
    });
  }

  /** Both write so many reviews that their means can be compared. */
  async examine(): Promise<void> {
    await this.#look(EXAMINED);
  }

  #follow(state: string, rounds: number): void {
    if (state === "finished") void this.#look(EXAMINED);
    else if (rounds > this.round && (state === "paused" || rounds - this.round >= EVERY || !this.now)) {
      void this.#look(SHOWN);
    }
  }

  async #look(reviews: number): Promise<void> {
    if (reviews === EXAMINED) this.examining = true;
    if (this.#looking) {
      this.#next = Math.max(this.#next, reviews === EXAMINED ? reviews : 0);
      return;
    }
    this.#looking = true;
    if ((this.before?.reviews.length ?? 0) < reviews) {
      this.before = (await this.#write("reference", reviews)) ?? this.before;
    }
    const now = await this.#write("policy", reviews);
    // Of a run that goes on, the round under way was done before the question came to its turn.
    const rounds = this.#run.records.length;
    this.#looking = false;
    const next = this.#next;
    this.#next = 0;
    if (now) {
      this.now = now;
      this.round = rounds;
    }
    if (next > 0) await this.#look(next);
    else this.examining = false;
  }

  /** Undefined if the run was stopped, or has failed. */
  async #write(who: "policy" | "reference", reviews: number): Promise<Writing | undefined> {
    const prompts = this.#run.settings?.prompts;
    return prompts && this.#run.ask({ kind: "write", who, prompts, reviews, seed: EXAMINATION_SEED });
  }
}
