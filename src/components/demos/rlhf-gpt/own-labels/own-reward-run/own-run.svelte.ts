import { EngineError, toEngineError } from "../../../../../engine/errors.ts";
import { RLHF_DEFAULTS } from "../../../../../engine/experiments/rlhf-settings.ts";
import { mean } from "../../../../../engine/statistics.ts";
import type { DemoError, DemoState } from "../../../../kit/frame/types.ts";
import { getEngine } from "../../../../kit/run/engine.ts";
import { ExperimentDemo } from "../../../../kit/run/experiment-demo.svelte.ts";
import { JUDGE, READER, WRITER } from "../../../../subjects/reviews/models.ts";
import { ownReward, type TrainedReward } from "../../../../subjects/reviews/reward/own-reward.svelte.ts";
import { sentimentsOf } from "../../../../subjects/reviews/reward/sentiment.ts";
import {
  type Examination,
  examinationOf,
  judgedTwice,
  type OwnFields,
  ownSettings,
  type TwiceJudgedRound,
  type TwiceJudgedWriting,
} from "./own.ts";

const NOT_YET = { message: "奖励模型还没有练好。等上一个演示练完，再点「开始」。" };

/** PPO against the reader's own reward; the built-in one only looks on. Round by round, so that it sees the reviews of each. `RunButtons` is its keyboard. */
export class OwnRun {
  readonly run: ExperimentDemo<"rlhf">;
  rounds: readonly TwiceJudgedRound[] = $state.raw([]);
  examination: Examination | undefined = $state.raw();
  /** The reward of the present run. */
  reward: TrainedReward | undefined = $state.raw();
  busy = $state(false);
  /** The reward model is trained first. */
  preparing = $state(false);
  problem: DemoError | undefined = $state.raw();
  #pausing = false;

  /** @param wanted what the reader has set, read at the beginning of every run */
  constructor(wanted: () => OwnFields) {
    const begun = () => {
      const set = wanted();
      if (!this.reward) throw new EngineError("bad-input", "还没有奖励模型");
      return { settings: ownSettings(set, this.reward.head), seed: set.seed };
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
    await this.#go(async () => {
      if (!(await this.#ready())) return;
      while (!this.#pausing && (await this.#round()));
      if (this.run.state === "finished") await this.#examine();
    });
  }

  async step(): Promise<void> {
    await this.#go(async () => {
      if (await this.#ready()) await this.#round();
    });
  }

  /** Resolves at once: the round under way is the last one. */
  async pause(): Promise<void> {
    this.#pausing = true;
    if (this.preparing) await ownReward.pause();
    if (this.run.state === "starting") await this.run.pause();
  }

  async stop(): Promise<void> {
    this.#pausing = true;
    if (this.preparing) await ownReward.stop();
    await this.run.stop();
  }

  /** Shipped and trained writer write to the same prompts with the same seed, and both rewards judge. */
  async examine(): Promise<void> {
    await this.#go(() => this.#examine());
  }

  /** With what the built-in reward said of every round. */
  save(fileName: string): void {
    this.run.save(fileName, { records: this.rounds });
  }

  async clear(): Promise<void> {
    this.#pausing = true;
    if (this.preparing) await ownReward.stop();
    this.problem = undefined;
    this.rounds = [];
    this.examination = undefined;
    await this.run.clear();
  }

  /** Whether there is a run that goes on, or a reward for a new one: where nobody has trained it, that is done first. */
  async #ready(): Promise<boolean> {
    if (this.run.open) return true;
    if (!ownReward.trained) {
      this.preparing = true;
      try {
        await ownReward.start();
      } finally {
        this.preparing = false;
      }
    }
    if (this.#pausing) return false;
    this.rounds = [];
    this.examination = undefined;
    this.reward = ownReward.trained;
    if (!this.reward) this.problem = ownReward.problem ?? ownReward.run.error ?? NOT_YET;
    return this.reward !== undefined;
  }

  async #go(work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.#pausing = false;
    this.problem = undefined;
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
    const { number } = this.run;
    const record = this.run.records.at(-1);
    if (this.run.state !== "paused" || !record) return false;
    const answer = await this.run.ask({ kind: "round" });
    if (!answer) return false;
    const texts = answer.reviews.map(({ text }) => text);
    const sentiment = mean(await sentimentsOf(texts, getEngine()));
    // Meanwhile everything may have been cleared.
    if (number !== this.run.number) return false;
    this.rounds = [...this.rounds, { ...record, sentiment }];
    return true;
  }

  async #examine(): Promise<void> {
    const before = await this.#write("reference");
    const now = await this.#write("policy");
    this.examination = { before, now, rounds: this.rounds.length };
  }

  async #write(who: "reference" | "policy"): Promise<TwiceJudgedWriting> {
    const writing = await this.run.ask(examinationOf(who, this.run.settings ?? RLHF_DEFAULTS));
    if (!writing) throw new EngineError("cancelled");
    return judgedTwice(writing, getEngine());
  }
}
