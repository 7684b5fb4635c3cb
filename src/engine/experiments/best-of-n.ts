import { EngineError } from "../errors.ts";
import type { Tokenizer } from "../files/tokenizer.ts";
import { Gpt2 } from "../models/gpt2.ts";
import type { Random } from "../random.ts";
import { checkRanges, type Ranges } from "../ranges.ts";
import { bestOfN, bestOfNKl } from "../rl/best-of-n.ts";
import { maxOf, mean } from "../statistics.ts";
import { type Experiment, type Laboratory, type ModelLaboratory, nextTurn } from "./experiment.ts";
import { checkRewards, type Judge, openJudge } from "./rlhf-rewards.ts";
import { checkPrompts, type RewardSettings, WRITING_RANGES, type WritingSettings } from "./rlhf-settings.ts";
import { type EncodedPrompt, encodePrompt, writeReviews } from "./rlhf-writing.ts";

export interface BestOfNSettings extends WritingSettings {
  /** Who chooses; not the reader. */
  readonly reward: Exclude<RewardSettings, { readonly kind: "stars" }>;
  /** Reviews that are written for each prompt: n is at most this. */
  readonly reviews: number;
}

/** What one prompt added. */
export type BestOfNMetrics = {
  /** Prompts done, from 1. */
  readonly prompt: number;
  /** Mean reward of one review, and of the best of all, over the prompts so far. */
  readonly single: number;
  readonly best: number;
  readonly seconds: number;
};

export type BestOfNQuestion =
  /** What is gained by choosing, and how far it leads away from the model, for every n. */
  | { readonly kind: "curve" }
  /** The best review of each prompt. */
  | { readonly kind: "best" };

export interface BestOfNPoint {
  readonly n: number;
  /** Mean over the prompts so far of what the best of n is worth. */
  readonly reward: number;
  /** Upper bound of the KL divergence from the model itself, in nats. */
  readonly kl: number;
}

export type BestOfNAnswer =
  | { readonly kind: "curve"; readonly points: readonly BestOfNPoint[] }
  | {
      readonly kind: "best";
      readonly reviews: readonly { readonly category: string; readonly text: string; readonly reward: number }[];
    };

export const BEST_OF_N_RANGES: Ranges<BestOfNSettings> = {
  ...WRITING_RANGES,
  reviews: { name: "每个开头写的评论", min: 1, max: 64, whole: true },
};

/** What the experiment works with; it frees all of it. */
export interface BestOfNParts {
  readonly model: Gpt2;
  readonly tokenizer: Tokenizer;
  readonly judge: Judge;
}

/** One prompt's reviews. */
interface Written {
  readonly prompt: EncodedPrompt;
  readonly texts: readonly string[];
  readonly rewards: readonly number[];
}

/**
 * Best-of-n sampling (Stiennon et al. 2020; Nakano et al. 2021): the model that nobody has trained further writes n reviews, and the one with the
 * highest reward counts. The simplest way to use a reward, and what PPO must be compared with at equal KL divergence.
 */
export class BestOfNExperiment implements Experiment<BestOfNMetrics, BestOfNQuestion, BestOfNAnswer> {
  readonly #random: Random;
  readonly #parts: BestOfNParts;
  readonly #settings: BestOfNSettings;
  readonly #prompts: readonly EncodedPrompt[];
  readonly #written: Written[] = [];

  /** Opens the site's models. @throws EngineError as the constructor, `ModelLaboratory.open` and `openJudge` */
  static async open(laboratory: ModelLaboratory, settings: BestOfNSettings): Promise<BestOfNExperiment> {
    checkSettings(settings);
    const { config, tensors, tokenizer } = await laboratory.open("gpt-review");
    if (config.architecture !== "gpt2") throw new EngineError("bad-input", "写评论的要是 GPT-2");
    const judge = await openJudge(laboratory, settings.reward);
    let model: Gpt2 | null = null;
    try {
      if (!judge) throw new EngineError("bad-input", "挑最好的一条，不能由读者打分");
      model = Gpt2.open(laboratory.backend, config, tensors);
      return new BestOfNExperiment(laboratory, { model, tokenizer, judge }, settings);
    } catch (error) {
      model?.dispose();
      judge?.dispose();
      throw error;
    }
  }

  /** @throws EngineError `bad-input` if a setting is out of its range, or a prompt cannot be used. The parts are then the caller's. */
  constructor({ random }: Laboratory, parts: BestOfNParts, settings: BestOfNSettings) {
    checkSettings(settings);
    const { contextLength } = parts.model.config;
    this.#random = random;
    this.#parts = parts;
    this.#settings = settings;
    this.#prompts = settings.prompts.map((prompt) =>
      encodePrompt(parts.tokenizer, prompt, settings.length, contextLength),
    );
  }

  /** One record for each prompt. @throws EngineError `bad-input` if a reward is not finite; `device-lost`; `out-of-memory` */
  async *run(): AsyncGenerator<BestOfNMetrics, void, undefined> {
    const { model, tokenizer, judge } = this.#parts;
    for (const prompt of this.#prompts) {
      const begun = performance.now();
      const prompts = Array.from({ length: this.#settings.reviews }, () => prompt);
      const reviews = await writeReviews(model, tokenizer, prompts, this.#settings, this.#random);
      const texts = reviews.map(({ text }) => text);
      const rewards = await judge.judge(texts);
      checkRewards(rewards);
      this.#written.push({ prompt, texts, rewards });
      const points = this.#curve();
      const seconds = (performance.now() - begun) / 1000;
      yield { prompt: this.#written.length, single: points[0]!.reward, best: points.at(-1)!.reward, seconds };
      await nextTurn();
    }
  }

  async ask({ kind }: BestOfNQuestion): Promise<BestOfNAnswer> {
    if (kind === "curve") return { kind, points: this.#curve() };
    const reviews = this.#written.map(({ prompt: { category }, texts, rewards }) => {
      const reward = maxOf(rewards);
      return { category, text: texts[rewards.indexOf(reward)]!, reward };
    });
    return { kind, reviews };
  }

  dispose(): void {
    this.#parts.model.dispose();
    this.#parts.judge.dispose();
  }

  /** Empty before the first prompt. */
  #curve(): BestOfNPoint[] {
    const curves = this.#written.map(({ rewards }) => bestOfN(rewards));
    return (curves[0] ?? []).map((_, i) => ({
      n: i + 1,
      reward: mean(curves.map((curve) => curve[i]!)),
      kl: bestOfNKl(i + 1),
    }));
  }
}

function checkSettings(settings: BestOfNSettings): void {
  checkRanges(settings, BEST_OF_N_RANGES);
  checkPrompts(settings.prompts);
}
