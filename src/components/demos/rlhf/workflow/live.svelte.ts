import { REWARD_MODEL_DEFAULTS } from "../../../../engine/experiments/reward-model.ts";
import type { LearnedReview } from "../../../../engine/experiments/rlhf-records.ts";
import { RLHF_DEFAULTS } from "../../../../engine/experiments/rlhf-settings.ts";
import type { Mark } from "../../../kit/figure/types.ts";
import type { DemoError, DemoState } from "../../../kit/frame/types.ts";
import { ExperimentDemo } from "../../../kit/run/experiment-demo.svelte.ts";
import type { Weights } from "../../../kit/run/weights.svelte.ts";
import { labels } from "../../../subjects/reviews/labels/labels.svelte.ts";
import { nameOf, ownReward, type TrainedReward } from "../../../subjects/reviews/reward/own-reward.svelte.ts";
import { MODELS } from "../../../subjects/reviews/writer.svelte.ts";
import type { WorkflowFields } from "./fields.ts";
import { judgeName, loopSettings, REWARD_STEPS } from "./run.ts";
import { shownOf, type WorkflowShown } from "./shown.ts";
import { ran } from "./workflow.figure.ts";

/**
 * What runs in the diagram: the parts of 10.6, with little to do. The second step trains its reward model on rankings; the third is its PPO, by
 * that reward where it has been trained, else by the built-in one. Until the reader starts one of them, what was recorded of both is shown.
 */
class LiveWorkflow {
  readonly reward = ownReward;
  readonly loop = new ExperimentDemo("rlhf", () => this.#begun(), { models: MODELS, lifetime: "page" });
  /** Of the loop's last round. */
  reviews: readonly LearnedReview[] = $state.raw([]);
  /** The reward of the present loop, where it is not the built-in one. */
  judge: TrainedReward | undefined = $state.raw();
  #wanted: (() => WorkflowFields) | undefined;

  /** @param wanted what the reader has set, read at the beginning of every run */
  begin(wanted: () => WorkflowFields): void {
    this.#wanted = wanted;
    this.reward.trainWith(() => {
      const { labeller, groups, length, seed } = wanted();
      const { learningRate, weightDecay, heldOut } = REWARD_MODEL_DEFAULTS;
      return { labeller, groups, length, seed, steps: REWARD_STEPS, learningRate, weightDecay, heldOut };
    });
    labels.load();
  }

  /** What is drawn. */
  readonly shown: WorkflowShown = $derived.by(() => {
    if (!this.own) return ran.data;
    const { reward, loop, reviews } = this;
    const { klWeight, iterations } = loop.settings ?? { ...RLHF_DEFAULTS, ...this.#wanted?.() };
    return shownOf({
      rankings: reward.rankings,
      byReader: reward.labeller === "reader",
      stored: labels.rankings.length,
      heldOut: reward.run.settings?.heldOut ?? 0,
      reward: reward.run.records,
      judge: judgeName(this.#judge && nameOf(this.#judge)),
      builtIn: this.#judge === undefined,
      ...{ iterations, klWeight, loop: loop.records, reviews },
    });
  });

  /** The reader has started something, in the moment of the press. */
  get own(): boolean {
    return this.#ranking || this.reward.rankings.length > 0 || this.loop.open || this.loop.number > 0;
  }

  get #ranking(): boolean {
    return this.reward.busy === "ranking";
  }

  get mark(): Mark {
    return this.own ? "live" : ran.provenance;
  }

  /** How many runs have read what is set. */
  get begun(): number {
    return this.reward.run.begun + this.loop.begun + (this.#ranking ? 1 : 0);
  }

  /** Whose reward the present loop goes by, or the next one will; none for the built-in one. */
  get #judge(): TrainedReward | undefined {
    return this.loop.open ? this.judge : this.reward.trained;
  }

  /** What `DemoFrame` shows. */
  get phase(): DemoState {
    const frames = [this.reward.phase, this.loop.phase];
    return (
      (["loading", "running", "error", "done", "paused"] as const).find((phase) => frames.includes(phase)) ?? "idle"
    );
  }

  get error(): DemoError | undefined {
    return this.reward.problem ?? this.reward.run.error ?? this.loop.error;
  }

  /** Of those whose weights are coming, or of the run that was asked for. */
  download(run: "reward" | "loop"): Weights {
    const { reward, loop } = this;
    const coming = [reward.writer.run, reward.run, loop].find(({ downloading }) => downloading);
    return (coming ?? (run === "loop" ? loop : reward.run)).weights;
  }

  get running(): boolean {
    return this.phase === "loading" || this.phase === "running";
  }

  /** Looks at the reviews that the loop has just learned from. */
  async look(): Promise<void> {
    const answer = await this.loop.ask({ kind: "round" });
    if (answer) this.reviews = answer.reviews;
  }

  async pause(): Promise<void> {
    await Promise.all([this.reward, this.loop].map((run) => run.pause()));
  }

  async clear(): Promise<void> {
    await Promise.all([this.reward, this.loop].map((run) => run.clear()));
  }

  #begun() {
    if (!this.#wanted) throw new Error("The diagram was not set up.");
    const wanted = this.#wanted();
    this.judge = this.reward.trained;
    return { settings: loopSettings(wanted, this.judge?.head), seed: wanted.seed };
  }
}

export const live = new LiveWorkflow();
