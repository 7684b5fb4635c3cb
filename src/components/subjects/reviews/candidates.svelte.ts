import { EngineError } from "../../../engine/errors.ts";
import type { JudgedReview } from "../../../engine/experiments/rlhf-records.ts";
import type { ReviewPrompt } from "../../../engine/experiments/rlhf-settings.ts";
import type { Lifetime } from "../../kit/run/demo-task.svelte.ts";
import { ExperimentDemo } from "../../kit/run/experiment-demo.svelte.ts";
import { candidateSettings, candidatesBy } from "./candidates.ts";
import { WRITER } from "./models.ts";

/** The review writer as it was shipped. It holds memory in the worker only while it writes. */
export class Writer {
  readonly run: ExperimentDemo<"rlhf">;
  #length = 0;

  constructor(lifetime?: Lifetime) {
    const wanted = () => ({ settings: candidateSettings(this.#length), seed: 0 });
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
    const ask: Parameters<typeof candidatesBy>[0] = async (question) => {
      const answer = await this.run.ask(question);
      // A question that was under way when it was stopped is answered all the same.
      if (!answer || !this.run.answers) throw new EngineError("cancelled");
      return answer;
    };
    try {
      return await candidatesBy(ask, prompts, seed);
    } finally {
      await this.run.stop();
    }
  }

  /** Gives up what is being written. */
  async stop(): Promise<void> {
    await this.run.stop();
  }
}
