import { toEngineError } from "../../../../engine/errors.ts";
import { RLHF_DEFAULTS } from "../../../../engine/experiments/rlhf-settings.ts";
import type { RewardHead } from "../../../../engine/experiments/text-features.ts";
import { correlation } from "../../../../engine/statistics.ts";
import type { DemoError, DemoState } from "../../../kit/frame/types.ts";
import { getEngine } from "../../../kit/run/engine.ts";
import { ExperimentDemo } from "../../../kit/run/experiment-demo.svelte.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { Writer } from "../candidates.svelte.ts";
import { type Group, groupsOf, promptsOf } from "../labels/groups.ts";
import { labels } from "../labels/labels.svelte.ts";
import { LABELLERS, type Labeller, type Rule } from "../labels/rules.ts";
import { READER } from "../models.ts";
import { agreement } from "./agreement.ts";
import { ARTIFICIAL_SEED, GROUP_SIZE, rankingsBy } from "./artificial.ts";
import { type RewardFields, rewardFields } from "./fields.ts";
import { missing } from "./sentences.ts";
import { sentimentsOf } from "./sentiment.ts";
import { rewardSettings } from "./train-reward.ts";

/** A reward model that PPO can be run against. */
export interface TrainedReward {
  readonly head: RewardHead;
  readonly labeller: Labeller;
  readonly rankings: number;
}

/** A review that both rewards have judged, each between 0 and 1. */
export interface TwiceJudged {
  readonly text: string;
  readonly own: number;
  readonly sentiment: number;
}

export interface RewardComparison {
  readonly reviews: readonly TwiceJudged[];
  readonly agreement: number | null;
  readonly correlation: number | null;
}

/** So that the comparison shows nothing that anybody has ranked. */
const COMPARISON_SEED = 700_000;
const COMPARED = { groups: 8, size: 4 };

/** The page's one reward model of its reader's own: trained in one demo, and what PPO runs against in the next. `RunButtons` is its keyboard. */
class OwnReward {
  readonly run = new ExperimentDemo("reward-model", () => this.#begun(), { models: [READER], lifetime: "page" });
  readonly writer = new Writer("page");
  trained: TrainedReward | undefined = $state.raw();
  comparison: RewardComparison | undefined = $state.raw();
  /** Who made the rankings of the present run. */
  labeller: Labeller = $state("reader");
  /** Rankings of the present run. */
  rankings: readonly (readonly string[])[] = $state.raw([]);
  busy: "ranking" | "comparing" | undefined = $state();
  problem: DemoError | undefined = $state.raw();
  /** How many presses are being followed. */
  #going = $state(0);
  /** The defaults until a demo is awake that sets it: who came by a link to one further down may start that one first. */
  #wanted = (): RewardFields => initial(rewardFields);
  /** Written once for all rules. */
  #written: { readonly key: string; readonly groups: readonly Group[] } | undefined;

  /** @param wanted what the reader has set, read at the beginning of every run */
  trainWith(wanted: () => RewardFields): void {
    this.#wanted = wanted;
  }

  get state(): ExperimentDemo<"reward-model">["state"] {
    return this.busy === "ranking" ? "starting" : this.run.state;
  }

  get open(): boolean {
    return this.busy === "ranking" || this.run.open;
  }

  get number(): number {
    return this.run.number;
  }

  /** The state as the frame knows it. */
  get phase(): DemoState {
    if (this.busy === "ranking") return "loading";
    if (this.busy) return "running";
    if (this.problem) return "error";
    const { phase } = this.run;
    // Between the parts of what the reader has started nothing rests.
    const between = this.#going > 0 && ["idle", "paused", "done"].includes(phase);
    return between ? (this.run.records.length > 0 ? "running" : "loading") : phase;
  }

  async start(): Promise<void> {
    await this.#go(() => this.run.start());
  }

  async step(): Promise<void> {
    await this.#go(() => this.run.step());
  }

  async pause(): Promise<void> {
    if (this.busy === "ranking") await this.writer.stop();
    await this.run.pause();
  }

  async stop(): Promise<void> {
    await this.writer.stop();
    await this.run.stop();
  }

  save(fileName: string): void {
    this.run.save(fileName);
  }

  async clear(): Promise<void> {
    this.problem = undefined;
    this.comparison = undefined;
    this.trained = undefined;
    this.rankings = [];
    await this.writer.stop();
    await this.run.clear();
  }

  /** Both rewards judge the same fresh reviews. */
  async compare(): Promise<void> {
    const { length, seed } = this.#wanted();
    await this.#work("comparing", async () => {
      const { groups, size } = COMPARED;
      const prompts = promptsOf(RLHF_DEFAULTS.prompts, groups, size);
      const written = await this.writer.write(prompts, length, COMPARISON_SEED + seed);
      const texts = written.map(({ text }) => text);
      const answer = await this.run.ask({ kind: "score", texts });
      if (!answer) return;
      const own = answer.scores.map((score) => 1 / (1 + Math.exp(-score)));
      const sentiments = await sentimentsOf(texts, getEngine());
      this.comparison = {
        reviews: texts.map((text, i) => ({ text, own: own[i]!, sentiment: sentiments[i]! })),
        agreement: agreement(own, sentiments),
        correlation: correlation(own, sentiments),
      };
    });
  }

  /** Rankings, training, and what comes of it. */
  async #go(train: () => Promise<void>): Promise<void> {
    this.#going++;
    try {
      if (!(await this.#ready())) return;
      await train();
      await this.#keepHead();
    } finally {
      this.#going--;
    }
  }

  /** Whether the run can go on, or a new one has something to learn from. */
  async #ready(): Promise<boolean> {
    if (this.busy) return false;
    if (this.run.open) return true;
    const wanted = this.#wanted();
    this.problem = undefined;
    this.comparison = undefined;
    this.labeller = wanted.labeller;
    const { labeller } = wanted;
    if (labeller === "reader") {
      this.rankings = labels.rankings.map(({ texts }) => texts);
    } else {
      const ranked = await this.#work("ranking", async () => {
        this.rankings = await this.#artificial(labeller, wanted);
      });
      if (!ranked) return false;
    }
    const reason = missing(this.rankings.length);
    if (reason) this.problem = { message: reason };
    return !reason;
  }

  async #artificial(rule: Rule, { groups, length, seed }: RewardFields): Promise<string[][]> {
    const key = [groups, length, seed].join();
    if (this.#written?.key !== key) {
      const prompts = promptsOf(RLHF_DEFAULTS.prompts, groups, GROUP_SIZE);
      const reviews = await this.writer.write(prompts, length, ARTIFICIAL_SEED + seed);
      this.#written = { key, groups: groupsOf(reviews, GROUP_SIZE) };
    }
    return rankingsBy(rule, this.#written.groups, (texts) => sentimentsOf(texts, getEngine()));
  }

  #begun() {
    const wanted = this.#wanted();
    return { settings: rewardSettings(wanted, this.rankings), seed: wanted.seed };
  }

  /** The model as it is now is what PPO runs against next. */
  async #keepHead(): Promise<void> {
    if (!this.run.answers || this.run.records.length === 0) return;
    const rankings = this.rankings.length;
    await this.#work("comparing", async () => {
      const answer = await this.run.ask({ kind: "head" });
      if (answer) this.trained = { head: answer.head, labeller: this.labeller, rankings };
    });
  }

  /** @returns whether it was done; `problem` says why not, unless the reader stopped it */
  async #work(what: NonNullable<OwnReward["busy"]>, work: () => Promise<void>): Promise<boolean> {
    this.busy = what;
    try {
      await work();
      return true;
    } catch (error) {
      const { code, message } = toEngineError(error);
      this.problem = code === "cancelled" ? this.writer.run.error : { message };
      return false;
    } finally {
      this.busy = undefined;
    }
  }
}

export const ownReward = new OwnReward();

/** A trained reward model in words. */
export function nameOf({ labeller, rankings }: Omit<TrainedReward, "head">): string {
  return `${LABELLERS[labeller].label}，${rankings} 组`;
}
