import { EngineError, toEngineError } from "../../../../../engine/errors.ts";
import type { RlhfMetrics } from "../../../../../engine/experiments/rlhf-records.ts";
import { RLHF_DEFAULTS } from "../../../../../engine/experiments/rlhf-settings.ts";
import { mean } from "../../../../../engine/statistics.ts";
import type { DemoError, DemoState } from "../../../../kit/frame/types.ts";
import { getEngine } from "../../../../kit/run/engine.ts";
import { ExperimentDemo } from "../../../../kit/run/experiment-demo.svelte.ts";
import type { StateOf } from "../../../../kit/state/fields.ts";
import { JUDGE, READER, WRITER } from "../../../../subjects/reviews/models.ts";
import { agreement } from "../../../../subjects/reviews/reward/agreement.ts";
import { ownReward, type TrainedReward } from "../../../../subjects/reviews/reward/own-reward.svelte.ts";
import { sentimentsOf } from "../../../../subjects/reviews/reward/sentiment.ts";
import type { Writing } from "../../../../subjects/reviews/samples.svelte.ts";
import type { fields } from "./fields.ts";

/** A round of PPO, and what the built-in reward would have said of the same reviews. */
export type TwiceJudgedRound = RlhfMetrics & { readonly sentiment: number };

/** What a writer writes, judged by both. */
export interface TwiceJudgedWriting {
  readonly writing: Writing;
  /** Mean of the built-in reward. */
  readonly sentiment: number;
  readonly agreement: number | null;
}

export interface Examination {
  readonly before: TwiceJudgedWriting;
  readonly now: TwiceJudgedWriting;
  readonly rounds: number;
}

const EXAMINED = 32;
/** The same for both writers, and for every run. */
const SEED = 2026;

/** PPO against the reader's own reward; the built-in one only looks on. Round by round, so that it sees the reviews of each. `RunButtons` is its keyboard. */
export class OwnRun {
  readonly run: ExperimentDemo<"rlhf">;
  rounds: readonly TwiceJudgedRound[] = $state.raw([]);
  examination: Examination | undefined = $state.raw();
  /** The reward of the present run. */
  reward: TrainedReward | undefined = $state.raw();
  busy = $state(false);
  problem: DemoError | undefined = $state.raw();
  #pausing = false;

  /** @param wanted what the reader has set, read at the beginning of every run */
  constructor(wanted: () => Readonly<StateOf<typeof fields>>) {
    const begun = () => {
      const { seed, ...set } = wanted();
      if (!this.reward) throw new EngineError("bad-input", "还没有奖励模型");
      const { head } = this.reward;
      return { settings: { ...RLHF_DEFAULTS, ...set, reward: { kind: "preference", head } }, seed } as const;
    };
    this.run = new ExperimentDemo("rlhf", begun, { models: [WRITER, READER, JUDGE] });
  }

  get state(): ExperimentDemo<"rlhf">["state"] {
    return this.busy && this.run.state !== "starting" ? "running" : this.run.state;
  }

  get open(): boolean {
    return this.busy || this.run.open;
  }

  get number(): number {
    return this.run.number;
  }

  /** The state as the frame knows it. */
  get phase(): DemoState {
    if (this.run.state === "starting") return "loading";
    if (this.busy) return "running";
    return this.problem ? "error" : this.run.phase;
  }

  /** Goes on to the end, or to a pause, and examines what came of it. */
  async start(): Promise<void> {
    if (!this.#ready()) return;
    await this.#go(async () => {
      while (!this.#pausing && (await this.#round()));
      if (this.run.state === "finished") await this.#examine();
    });
  }

  async step(): Promise<void> {
    if (!this.#ready()) return;
    await this.#go(async () => void (await this.#round()));
  }

  /** Resolves at once: the round under way is the last one. */
  async pause(): Promise<void> {
    this.#pausing = true;
    if (this.run.state === "starting") await this.run.pause();
  }

  async stop(): Promise<void> {
    this.#pausing = true;
    await this.run.stop();
  }

  /** Shipped and trained writer write to the same prompts with the same seed, and both rewards judge. */
  async examine(): Promise<void> {
    if (!this.busy) await this.#go(() => this.#examine());
  }

  /** With what the built-in reward said of every round. */
  save(fileName: string): void {
    this.run.save(fileName, { records: this.rounds });
  }

  async clear(): Promise<void> {
    this.#pausing = true;
    this.problem = undefined;
    this.rounds = [];
    this.examination = undefined;
    await this.run.clear();
  }

  /** Whether there is a run that goes on, or a reward for a new one. */
  #ready(): boolean {
    if (this.busy) return false;
    this.problem = undefined;
    this.#pausing = false;
    if (this.run.open) return true;
    this.rounds = [];
    this.examination = undefined;
    this.reward = ownReward.trained;
    if (!this.reward) this.problem = { message: "还没有奖励模型。先在上一个演示里练一个，再来。" };
    return this.reward !== undefined;
  }

  async #go(work: () => Promise<void>): Promise<void> {
    this.busy = true;
    try {
      await work();
    } catch (error) {
      const { code, message } = toEngineError(error);
      if (code !== "cancelled") this.problem = { message };
    } finally {
      this.busy = false;
    }
  }

  /** @returns whether there may be another */
  async #round(): Promise<boolean> {
    await this.run.step();
    const record = this.run.records.at(-1);
    if (this.run.state !== "paused" || !record) return false;
    const answer = await this.run.ask({ kind: "round" });
    if (!answer) return false;
    const sentiment = mean(
      await sentimentsOf(
        answer.reviews.map(({ text }) => text),
        getEngine(),
      ),
    );
    this.rounds = [...this.rounds, { ...record, sentiment }];
    return true;
  }

  async #examine(): Promise<void> {
    const before = await this.#write("reference");
    const now = await this.#write("policy");
    this.examination = { before, now, rounds: this.rounds.length };
  }

  async #write(who: "reference" | "policy"): Promise<TwiceJudgedWriting> {
    const prompts = this.run.settings?.prompts ?? RLHF_DEFAULTS.prompts;
    const writing = await this.run.ask({ kind: "write", who, prompts, reviews: EXAMINED, seed: SEED });
    if (!writing) throw new EngineError("cancelled");
    const sentiments = await sentimentsOf(
      writing.reviews.map(({ text }) => text),
      getEngine(),
    );
    const own = writing.reviews.map(({ reward }) => reward ?? 0);
    return { writing, sentiment: mean(sentiments), agreement: agreement(own, sentiments) };
  }
}
