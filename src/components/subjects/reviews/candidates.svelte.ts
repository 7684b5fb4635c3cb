import { EngineError } from "../../../engine/errors.ts";
import type { JudgedReview } from "../../../engine/experiments/rlhf-records.ts";
import { type ReviewPrompt, RLHF_DEFAULTS } from "../../../engine/experiments/rlhf-settings.ts";
import { Downloads } from "./downloads.svelte.ts";
import { ModelExperiment } from "./model-experiment.svelte.ts";
import { WRITER } from "./models.ts";

/** As many prompts, and so reviews, as go into one question. */
const AT_ONCE = 64;

/** The review writer as it was shipped. It holds memory in the worker only while it writes. */
export class Writer {
  readonly run: ModelExperiment<"rlhf">;
  #length = 0;

  constructor() {
    // Nobody judges here; the run takes no step, it only answers what its reference would write.
    this.run = new ModelExperiment("rlhf", new Downloads("gpt-review", [WRITER]), () => ({
      settings: { ...RLHF_DEFAULTS, reward: { kind: "stars" }, length: this.#length },
      seed: 0,
    }));
  }

  /**
   * One review for each prompt.
   * @param length most tokens of a review
   * @throws EngineError `cancelled` after `stop`; as the experiment
   */
  async write(prompts: readonly ReviewPrompt[], length: number, seed: number): Promise<JudgedReview[]> {
    this.#length = length;
    if (!(await this.run.prepare())) throw new EngineError("cancelled");
    try {
      const reviews: JudgedReview[] = [];
      for (let at = 0; at < prompts.length; at += AT_ONCE) {
        const some = prompts.slice(at, at + AT_ONCE);
        const question = {
          kind: "write",
          who: "reference",
          prompts: some,
          reviews: some.length,
          seed: seed + at,
        } as const;
        const answer = await this.run.ask(question);
        if (answer.kind === "write") reviews.push(...answer.reviews);
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
