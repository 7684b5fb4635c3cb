import { EngineError, toEngineError } from "../../../../../engine/errors.ts";
import type { JudgedReview, RlhfMetrics, RlhfQuestion } from "../../../../../engine/experiments/rlhf-records.ts";
import type { DemoError, DemoState } from "../../../../kit/frame/types.ts";
import { ExperimentDemo, type Wanted } from "../../../../kit/run/experiment-demo.svelte.ts";
import { newLabel, type RatedReview, type StarsLabel } from "../../../../subjects/reviews/labels/label.ts";
import { labels } from "../../../../subjects/reviews/labels/labels.svelte.ts";
import { WRITER } from "../../../../subjects/reviews/models.ts";
import { SHOWN, type Writing } from "../../../../subjects/reviews/samples.svelte.ts";

/** A round that the model has learned from. */
export interface LearnedRound {
  readonly record: RlhfMetrics;
  readonly reviews: readonly RatedReview[];
}

/** What the reader sees of a writer before and after. */
export interface Comparison {
  readonly before: Writing;
  readonly now: Writing;
  /** Rounds that it had learned by then. */
  readonly rounds: number;
}

/** The same for every comparison, so that all write with the same luck. */
const COMPARISON_SEED = 2026;

/** Draft, stars, learning, and again: a run of RLHF in which the reader is the reward. Every star is a label as soon as it is given. */
export class StarRounds {
  readonly run: ExperimentDemo<"rlhf">;
  /** The reviews that wait for stars. */
  draft: readonly JudgedReview[] = $state.raw([]);
  stars: readonly (number | null)[] = $state.raw([]);
  learned: readonly LearnedRound[] = $state.raw([]);
  comparison: Comparison | undefined = $state.raw();
  busy: "writing" | "learning" | "comparing" | undefined = $state();
  #error: DemoError | undefined = $state.raw();
  #label: StarsLabel | undefined;
  /** Counts what ends a run: what an old one still answers is not shown. */
  #ended = 0;

  constructor(wanted: () => Wanted<"rlhf">) {
    this.run = new ExperimentDemo("rlhf", wanted, { models: [WRITER] });
  }

  get error(): DemoError | undefined {
    return this.#error ?? this.run.error;
  }

  /** The state as the frame knows it; `done` while it waits for the reader. */
  get phase(): DemoState {
    if (this.run.state === "starting") return "loading";
    if (this.busy) return "running";
    if (this.error) return "error";
    return this.draft.length > 0 ? "done" : "idle";
  }

  /** Begins anew with the model as it was shipped. */
  async begin(): Promise<void> {
    await this.clear();
    if (await this.run.prepare()) await this.#work("writing", () => this.#write());
  }

  /** Gives a review its stars; null takes them back. */
  rate(review: number, stars: number | null): void {
    this.stars = this.stars.with(review, stars);
    this.#label = { ...(this.#label ?? newLabel()), kind: "stars", reviews: this.#rated() };
    labels.put(this.#label);
  }

  /** PPO learns from the stars, and the next reviews are written. */
  async learn(): Promise<void> {
    const reviews = this.#rated();
    await this.#work("learning", async () => {
      await this.#ask({ kind: "rate", stars: this.stars });
      await this.run.step();
      const record = this.run.records.at(-1);
      // A step that failed has told its reason to the frame.
      if (!record || !this.run.answers) return void this.stop();
      this.learned = [...this.learned, { record, reviews }];
      this.busy = "writing";
      await this.#write();
    });
  }

  /** The shipped model and the present one write to the same prompts with the same seed. */
  async compare(): Promise<void> {
    const prompts = this.run.settings?.prompts;
    if (!prompts) return;
    await this.#work("comparing", async () => {
      const write = async (who: "reference" | "policy"): Promise<Writing> =>
        this.#ask({ kind: "write", who, prompts, reviews: SHOWN, seed: COMPARISON_SEED });
      this.comparison = {
        before: await write("reference"),
        now: await write("policy"),
        rounds: this.learned.length,
      };
    });
  }

  /** Ends the run and frees its memory. What was learned stays in sight, and the labels stay. */
  async stop(): Promise<void> {
    this.#ended++;
    this.busy = undefined;
    this.draft = [];
    await this.run.stop();
  }

  /** As before the first run; but the labels stay. */
  async clear(): Promise<void> {
    const stopping = this.stop();
    this.#error = undefined;
    this.learned = [];
    this.comparison = undefined;
    await stopping;
    await this.run.clear();
  }

  async #write(): Promise<void> {
    const { reviews } = await this.#ask({ kind: "draft" });
    this.draft = reviews;
    this.stars = reviews.map(() => null);
    this.#label = undefined;
  }

  /** @throws EngineError `cancelled` if nobody needs the answer any more, or the run has failed, whose `error` says why */
  async #ask<Question extends RlhfQuestion>(question: Question) {
    const ended = this.#ended;
    const answer = await this.run.ask(question);
    if (!answer || ended !== this.#ended) throw new EngineError("cancelled");
    return answer;
  }

  /** Does something with the run. A failure ends it, and is the reader's to know. */
  async #work(what: NonNullable<StarRounds["busy"]>, work: () => Promise<void>): Promise<void> {
    const ended = this.#ended;
    this.busy = what;
    try {
      await work();
    } catch (error) {
      if (ended !== this.#ended) return;
      await this.stop();
      const { code, message } = toEngineError(error);
      if (code !== "cancelled") this.#error = { message };
    } finally {
      if (ended === this.#ended) this.busy = undefined;
    }
  }

  #rated(): RatedReview[] {
    return this.draft.map(({ category, opening, text }, i) => ({
      category,
      opening,
      text,
      stars: this.stars[i] ?? null,
    }));
  }
}
