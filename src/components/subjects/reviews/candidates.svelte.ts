import { EngineError } from "../../../engine/errors.ts";
import type { JudgedReview } from "../../../engine/experiments/rlhf-records.ts";
import { type ReviewPrompt, RLHF_DEFAULTS } from "../../../engine/experiments/rlhf-settings.ts";
import type { Lifetime } from "../../kit/run/demo-task.svelte.ts";
import { ExperimentDemo } from "../../kit/run/experiment-demo.svelte.ts";
import { inBatches } from "../../kit/run/in-batches.ts";
import { WRITER } from "./models.ts";

/** As many prompts, and so reviews, as go into one question. */
const AT_ONCE = 64;

/** The review writer as it was shipped. It holds memory in the worker only while it writes. */
export class Writer {
  readonly run: ExperimentDemo<"rlhf">;
  #length = 0;

  constructor(lifetime?: Lifetime) {
    // Nobody judges here; the run takes no step, it only answers what its reference would write.
    const wanted = () =>
      ({ settings: { ...RLHF_DEFAULTS, reward: { kind: "stars" }, length: this.#length }, seed: 0 }) as const;
    this.run = new ExperimentDemo("rlhf", wanted, { models: [WRITER], ...(lifetime && { lifetime }) });
  }

  /**
   * One review for each prompt.
   * @param length most tokens of a review
   * @throws EngineError `cancelled` after `stop`, or where the run has failed, whose `error` says why
   */
  async write(prompts: readonly ReviewPrompt[], length: number, seed: number): Promise<JudgedReview[]> {
    this.#length = length;
    if (!(await this.run.prepare())) throw new EngineError("cancelled");
    try {
      const reviews: JudgedReview[] = [];
      for (const some of inBatches(prompts, AT_ONCE)) {
        const batch = { prompts: some, reviews: some.length, seed: seed + reviews.length };
        const answer = await this.run.ask({ kind: "write", who: "reference", ...batch });
        // A question that was under way when it was stopped is answered all the same.
        if (!answer || !this.run.answers) throw new EngineError("cancelled");
        for (const review of answer.reviews) reviews.push(review);
      }
      return reviews;
    } finally {
      await this.run.stop();
    }
  }

  /** Gives up what is being written. */
  async stop(): Promise<void> {
    await this.run.stop();
  }
}
