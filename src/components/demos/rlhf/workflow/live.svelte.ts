import { REWARD_MODEL_DEFAULTS } from "../../../../engine/experiments/reward-model.ts";
import type { RlhfMetrics } from "../../../../engine/experiments/rlhf-records.ts";
import { RLHF_DEFAULTS } from "../../../../engine/experiments/rlhf-settings.ts";
import type { Mark } from "../../../kit/figure/types.ts";
import type { DemoError, DemoState } from "../../../kit/frame/types.ts";
import { ExperimentDemo } from "../../../kit/run/experiment-demo.svelte.ts";
import type { Weights } from "../../../kit/run/weights.svelte.ts";
import { labels } from "../../../subjects/reviews/labels/labels.svelte.ts";
import { nameOf, ownReward, type TrainedReward } from "../../../subjects/reviews/reward/own-reward.svelte.ts";
import { MODELS } from "../../../subjects/reviews/writer.svelte.ts";
import type { WorkflowFields } from "./fields.ts";
import { type Round, roundOf } from "./rounds.ts";
import { judgeName, loopSettings, REWARD_STEPS } from "./run.ts";
import { rewardShown, type WorkflowShown } from "./shown.ts";
import { ran } from "./workflow.figure.ts";

/**
 * What runs in the diagram: the parts of 10.6, with little to do. The second step trains its reward model on rankings; the third is its PPO, by
 * that reward where it has been trained, else by the built-in one. Until the reader starts one of them, what was recorded of both is shown.
 */
class LiveWorkflow {
  readonly reward = ownReward;
  readonly loop = new ExperimentDemo("rlhf", () => this.#begun(), {
    models: MODELS,
    lifetime: "page",
    onrecord: (record) => void this.#keep(record),
  });
  /** The reward of the present loop, where it is not the built-in one. */
  judge: TrainedReward | undefined = $state.raw();
  #wanted: (() => WorkflowFields) | undefined;
  /** Rounds of a run of the loop, and which one that is. */
  #kept: { readonly run: number; readonly rounds: readonly Round[] } = $state.raw({ run: 0, rounds: [] });

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
    const { reward, loop, rounds } = this;
    const { klWeight, iterations } = loop.settings ?? { ...RLHF_DEFAULTS, ...this.#wanted?.() };
    return {
      reward: rewardShown({
        rankings: reward.rankings,
        byReader: reward.labeller === "reader",
        stored: labels.rankings.length,
        heldOut: reward.run.settings?.heldOut ?? 0,
        records: reward.run.records,
      }),
      loop: {
        judge: judgeName(this.#judge && nameOf(this.#judge)),
        builtIn: this.#judge === undefined,
        ...{ iterations, klWeight, rounds },
      },
    };
  });

  /** Those of the present run of the loop, the reader's own. */
  get rounds(): readonly Round[] {
    return this.#kept.run === this.loop.number ? this.#kept.rounds : [];
  }

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

  async pause(): Promise<void> {
    await Promise.all([this.reward, this.loop].map((run) => run.pause()));
  }

  async clear(): Promise<void> {
    this.#kept = { run: 0, rounds: [] };
    await Promise.all([this.reward, this.loop].map((run) => run.clear()));
  }

  /** Keeps a round, with the reviews that it has just learned from. */
  async #keep(record: RlhfMetrics): Promise<void> {
    const answer = await this.loop.ask({ kind: "round" });
    if (answer) this.#kept = { run: this.loop.number, rounds: [...this.rounds, roundOf(record, answer.reviews)] };
  }

  #begun() {
    if (!this.#wanted) throw new Error("The diagram was not set up.");
    const wanted = this.#wanted();
    this.judge = this.reward.trained;
    return { settings: loopSettings(wanted, this.judge?.head), seed: wanted.seed };
  }
}

export const live = new LiveWorkflow();
