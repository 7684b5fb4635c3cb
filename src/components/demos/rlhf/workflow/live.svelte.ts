import { REWARD_MODEL_DEFAULTS } from "../../../../engine/experiments/reward-model.ts";
import type { LearnedReview } from "../../../../engine/experiments/rlhf-records.ts";
import { RLHF_DEFAULTS, type RlhfSettings } from "../../../../engine/experiments/rlhf-settings.ts";
import type { DemoError, DemoState } from "../../../kit/frame/types.ts";
import { ExperimentDemo } from "../../../kit/run/experiment-demo.svelte.ts";
import type { Weights } from "../../../kit/run/weights.svelte.ts";
import { labels } from "../../../subjects/reviews/labels/labels.svelte.ts";
import { nameOf, ownReward, type TrainedReward } from "../../../subjects/reviews/reward/own-reward.svelte.ts";
import { MODELS } from "../../../subjects/reviews/writer.svelte.ts";
import type { WorkflowFields } from "./fields.ts";
import { loopReadings, type Readings, rewardReadings } from "./readings.ts";

/** Enough for a rule that is easy to learn. */
const REWARD_STEPS = 60;

/**
 * What runs in the diagram: the parts of 10.6, with little to do. The second step trains its reward model on rankings; the third is its PPO, by
 * that reward where it has been trained, else by the built-in one. Loaded with the first box of them that is opened.
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

  get readings(): Readings {
    const { reward, loop } = this;
    const state = {
      rankings: reward.rankings,
      byReader: reward.labeller === "reader",
      stored: labels.rankings.length,
      record: reward.run.records.at(-1),
    };
    const klWeight = loop.settings?.klWeight ?? RLHF_DEFAULTS.klWeight;
    return { ...rewardReadings(state), ...loopReadings(loop.records.at(-1), this.reviews, klWeight) };
  }

  /** Whose reward the present loop goes by, or the next one will. */
  get judgeName(): string {
    const judge = this.loop.open ? this.judge : this.reward.trained;
    return judge ? `第二步练的奖励模型（${nameOf(judge)}）` : "内置的情感模型 sentiment-zh";
  }

  /** What `DemoFrame` shows. */
  get phase(): DemoState {
    const frames = [this.reward.phase, this.loop.phase];
    return (["loading", "running", "error", "done"] as const).find((phase) => frames.includes(phase)) ?? "idle";
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

  #begun(): { settings: RlhfSettings; seed: number } {
    if (!this.#wanted) throw new Error("The diagram was not set up.");
    const { iterations, batch, length, seed } = this.#wanted();
    this.judge = this.reward.trained;
    const reward: RlhfSettings["reward"] = this.judge
      ? { kind: "preference", head: this.judge.head }
      : { kind: "sentiment" };
    return { settings: { ...RLHF_DEFAULTS, iterations, batch, length, reward }, seed };
  }
}

export const live = new LiveWorkflow();
