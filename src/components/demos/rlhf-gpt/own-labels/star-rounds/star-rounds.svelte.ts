import { EngineError, toEngineError } from "../../../../../engine/errors.ts";
import type { JudgedReview, RlhfMetrics, RlhfQuestion } from "../../../../../engine/experiments/rlhf-records.ts";
import type { DemoError, DemoState } from "../../../../kit/frame/types.ts";
import { ExperimentDemo, type Wanted } from "../../../../kit/run/experiment-demo.svelte.ts";
import { EXAMINATION_SEED, SHOWN, type Writing } from "../../../../subjects/reviews/examination.ts";
import { newLabel, type RatedReview, type StarsLabel } from "../../../../subjects/reviews/labels/label.ts";
import { labels } from "../../../../subjects/reviews/labels/labels.svelte.ts";
import { WRITER } from "../../../../subjects/reviews/models.ts";

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

/** Draft, stars, learning, and again: a run of RLHF in which the reader is the reward. Every star is a label as soon as it is given. */
export class StarRounds {
  readonly run: ExperimentDemo<"rlhf">;
  /** The reviews that wait for stars: at first those that were written before anyone asked. */
  draft: readonly JudgedReview[] = $state.raw()!;
  stars: readonly (number | null)[] = $state.raw()!;
  /** The run of the reader's own has written something. */
  live = $state(false);
  learned: readonly LearnedRound[] = $state.raw([]);
  comparison: Comparison | undefined = $state.raw();
  busy: "writing" | "learning" | "comparing" | undefined = $state();
  #error: DemoError | undefined = $state.raw();
  #label: StarsLabel | undefined;
  readonly #first: readonly JudgedReview[];
  /** Counts what ends a run: what an old one still answers is not shown. */
  #ended = 0;

  /** @param first what a run at the defaults would write in its first round */
  constructor(wanted: () => Wanted<"rlhf">, first: readonly JudgedReview[]) {
    this.run = new ExperimentDemo("rlhf", wanted, { models: [WRITER] });
    this.#first = first;
    this.#lay(first);
  }

  get error(): DemoError | undefined {
    return this.#error ?? this.run.error;
  }

  /** The state as the frame knows it; `done` while it waits for the reader. */
  get phase(): DemoState {
    if (this.run.state === "starting") return "loading";
    if (this.busy) return "running";
    if (this.error) return "error";
    return this.live && this.draft.length > 0 ? "done" : "idle";
  }

  /** Begins anew with the model as it was shipped. */
  async begin(): Promise<void> {
    await this.clear();
    await this.#open();
  }

  /** Gives a review its stars; null takes them back. */
  rate(review: number, stars: number | null): void {
    this.stars = this.stars.with(review, stars);
    this.#label = { ...(this.#label ?? newLabel()), kind: "stars", reviews: this.#rated() };
    labels.put(this.#label);
  }

  /** PPO learns from the stars, and the next reviews are written. */
  async learn(): Promise<void> {
    if (!this.live && !(await this.#takeFirst())) return;
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
        this.#ask({ kind: "write", who, prompts, reviews: SHOWN, seed: EXAMINATION_SEED });
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
    if (this.live) this.#lay([]);
    await this.run.stop();
  }

  /** As before the first run; but the labels stay. */
  async clear(): Promise<void> {
    const stopping = this.stop();
    this.#error = undefined;
    this.learned = [];
    this.comparison = undefined;
    this.live = false;
    this.#lay(this.#first);
    await stopping;
    await this.run.clear();
  }

  async #open(): Promise<void> {
    await this.#work("writing", async () => {
      if (await this.run.prepare()) await this.#write();
    });
  }

  /** Begins the run whose first round has its stars already. @returns whether it has written the same: else they are those of other reviews */
  async #takeFirst(): Promise<boolean> {
    const [draft, stars, label] = [this.draft, this.stars, this.#label];
    await this.#open();
    const same = this.live && this.draft.every(({ text }, i) => text === draft[i]?.text);
    if (!same || this.draft.length !== draft.length) return false;
    this.stars = stars;
    this.#label = label;
    return true;
  }

  async #write(): Promise<void> {
    const { reviews } = await this.#ask({ kind: "draft" });
    this.live = true;
    this.#lay(reviews);
  }

  #lay(draft: readonly JudgedReview[]): void {
    this.draft = draft;
    this.stars = draft.map(() => null);
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
