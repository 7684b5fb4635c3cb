import { EngineError } from "../errors.ts";
import type { Tokenizer } from "../files/tokenizer.ts";
import { Gpt2 } from "../models/gpt2.ts";
import { Gpt2ActorCritic } from "../models/gpt2-actor-critic.ts";
import { AdamW } from "../optim/adam-w.ts";
import { constant, warmupLinear } from "../optim/schedules.ts";
import { Random } from "../random.ts";
import { type PpoEpoch, ppoEpochs } from "../rl/ppo.ts";
import { deviation } from "../statistics.ts";
import type { Tape } from "../tensor/tape.ts";
import { type Experiment, type Laboratory, type ModelLaboratory, nextTurn } from "./experiment.ts";
import type { JudgedReview, LearnedReview, RlhfAnswer, RlhfMetrics, RlhfQuestion } from "./rlhf-records.ts";
import { checkRewards, type Judge, openJudge, starRewards } from "./rlhf-rewards.ts";
import { ReviewRollout, type ReviewWriter } from "./rlhf-rollout.ts";
import { describeReviews, prepareRound, summarize, summarizeUpdate } from "./rlhf-round.ts";
import { checkPrompts, checkRlhfSettings, type ReviewPrompt, type RlhfSettings } from "./rlhf-settings.ts";
import { type EncodedPrompt, encodePrompt, type WrittenReview, writeReviews } from "./rlhf-writing.ts";

const MAX_REVIEWS = 256;

/** What the experiment works with; it frees all of it. */
export interface RlhfParts extends ReviewWriter {
  readonly tokenizer: Tokenizer;
  /** Null where the reader gives stars. */
  readonly judge: Judge | null;
}

/** Reviews of a round and what they are worth. */
interface JudgedRound {
  readonly reviews: readonly WrittenReview[];
  readonly rewards: readonly number[];
}

/**
 * Reinforcement learning from human feedback (Ziegler et al. 2019; Ouyang et al. 2022): a GPT writes reviews, a judge says what they are worth,
 * and PPO makes what was better than expected more likely, while a penalty keeps the policy near the model that it started from.
 */
export class RlhfExperiment implements Experiment<RlhfMetrics, RlhfQuestion, RlhfAnswer> {
  readonly #random: Random;
  readonly #parts: RlhfParts;
  readonly #settings: RlhfSettings;
  readonly #prompts: readonly EncodedPrompt[];
  readonly #optimizer: AdamW;
  /** Reviews written so far: which prompt is next. */
  #written = 0;
  /** Reviews that wait for the reader's stars. */
  #draft: readonly WrittenReview[] | null = null;
  #rated: JudgedRound | null = null;
  #round: readonly LearnedReview[] = [];

  /** Opens the site's models. @throws EngineError as the constructor, `ModelLaboratory.open` and `openJudge` */
  static async open(laboratory: ModelLaboratory, settings: RlhfSettings): Promise<RlhfExperiment> {
    checkRlhfSettings(settings);
    const { backend, random } = laboratory;
    const { config, tensors, tokenizer } = await laboratory.open("gpt-review");
    if (config.architecture !== "gpt2") throw new EngineError("bad-input", "写评论的要是 GPT-2");
    const made: { dispose(): void }[] = [];
    const keep = <T extends { dispose(): void } | null>(part: T): T => {
      if (part) made.push(part);
      return part;
    };
    try {
      const judge = keep(await openJudge(laboratory, settings.reward));
      const reference = keep(Gpt2.open(backend, config, tensors));
      const policy = keep(Gpt2ActorCritic.open(backend, config, tensors, settings.blocks, random));
      return new RlhfExperiment({ backend, random }, { policy, reference, tokenizer, judge }, settings);
    } catch (error) {
      for (const part of made) part.dispose();
      throw error;
    }
  }

  /** @throws EngineError `bad-input` if a setting is out of its range, or a prompt cannot be used; `out-of-memory`. The parts are then the caller's. */
  constructor({ backend, random }: Laboratory, parts: RlhfParts, settings: RlhfSettings) {
    checkRlhfSettings(settings);
    this.#random = random;
    this.#parts = parts;
    this.#settings = settings;
    this.#prompts = this.#encode(settings.prompts);
    const groups = [{ parameters: parts.policy.parameters.trainable(), weightDecay: 0 }];
    this.#optimizer = new AdamW(backend, groups, { epsilon: 1e-5, maxNorm: settings.maxGradientNorm });
  }

  // #region train
  /** @throws EngineError `bad-input` if a reward is not finite, or the stars of the round are missing; `diverged`; `device-lost`; `out-of-memory` */
  async *run(): AsyncGenerator<RlhfMetrics, void, undefined> {
    const { iterations, learningRate: peak, learningRateDecay } = this.#settings;
    const schedule = learningRateDecay ? warmupLinear({ peak, warmup: 0, total: iterations }) : constant(peak);
    for (let iteration = 1; iteration <= iterations; iteration++) {
      const begun = performance.now();
      const { reviews, rewards } = await this.#judgedRound();
      const learningRate = schedule(iteration - 1);
      const learned = await this.#learn(reviews, rewards, learningRate);
      const seconds = (performance.now() - begun) / 1000;
      yield {
        iteration,
        ...summarize(this.#round, reviews),
        rewardDeviation: deviation(rewards),
        ...learned,
        learningRate,
        seconds,
      };
      await nextTurn();
    }
  }

  /** One update of the policy and its value function. */
  async #learn(reviews: readonly WrittenReview[], rewards: readonly number[], learningRate: number) {
    const { temperature, minibatch, targetKl } = this.#settings;
    const rollout = await ReviewRollout.record(this.#parts, reviews, temperature, minibatch);
    try {
      const round = prepareRound(rollout, rewards, this.#parts.tokenizer, this.#settings);
      this.#round = round.reviews;
      const learner = {
        parameters: this.#parts.policy.parameters,
        optimizer: this.#optimizer,
        evaluate: (tape: Tape, which: Int32Array) => rollout.evaluate(tape, which),
        rest: nextTurn,
      };
      const settings = {
        ...this.#settings,
        learningRate,
        targetKl: targetKl || Number.POSITIVE_INFINITY,
        // They are already.
        normalizeAdvantages: false,
      };
      const epochs: PpoEpoch[] = [];
      // Where several reviews are judged alike, none was better than another: what could be learned is noise.
      if (reviews.length === 1 || deviation(rewards) > 0) {
        for await (const epoch of ppoEpochs(learner, round.batch, settings, this.#random)) epochs.push(epoch);
      }
      return summarizeUpdate(round.batch, epochs);
    } finally {
      rollout.dispose();
    }
  }
  // #endregion

  /** @throws EngineError `bad-input` for what cannot be asked of this run, or answered; `cancelled` where it has ended */
  async ask(question: RlhfQuestion): Promise<RlhfAnswer> {
    switch (question.kind) {
      case "write":
        return this.#show(question);
      case "judge": {
        if (!this.#parts.judge) throw new EngineError("bad-input", "这次由读者打分，没有别的奖励");
        return { kind: "judge", rewards: await this.#parts.judge.judge(question.texts) };
      }
      case "round":
        return { kind: "round", reviews: this.#round };
      case "draft":
        this.#expectReader();
        this.#draft ??= await this.#write(this.#parts.policy.actor, this.#nextPrompts(), this.#random);
        return { kind: "draft", reviews: await this.#describe(this.#draft, null) };
      case "rate":
        this.#expectReader();
        this.#rate(question.stars);
        return { kind: "rate" };
    }
  }

  dispose(): void {
    this.#optimizer.dispose();
    this.#parts.policy.dispose();
    this.#parts.reference.dispose();
    this.#parts.judge?.dispose();
  }

  /** The reviews of the next round, written and judged now, or before by the reader. */
  async #judgedRound(): Promise<JudgedRound> {
    const { judge, policy } = this.#parts;
    if (judge) {
      const reviews = await this.#write(policy.actor, this.#nextPrompts(), this.#random);
      const rewards = await judge.judge(reviews.map(({ text }) => text));
      checkRewards(rewards);
      return { reviews, rewards };
    }
    const rated = this.#rated;
    if (!rated) throw new EngineError("bad-input", "这一轮的评论还没有打分");
    this.#rated = null;
    return rated;
  }

  #rate(stars: readonly (number | null)[]): void {
    const reviews = this.#draft;
    if (!reviews) throw new EngineError("bad-input", "还没有写出要打分的评论");
    const rewards = starRewards(stars, reviews.length);
    this.#draft = null;
    this.#rated = {
      reviews: reviews.filter((_, i) => rewards[i] !== null),
      rewards: rewards.filter((reward) => reward !== null),
    };
  }

  /** Reviews for the reader's eyes, which change nothing of the run. */
  async #show({ who, prompts, reviews: count, seed }: Extract<RlhfQuestion, { kind: "write" }>): Promise<RlhfAnswer> {
    checkPrompts(prompts);
    if (!(count >= 1 && count <= MAX_REVIEWS)) {
      throw new EngineError("bad-input", `评论的条数要在 1 到 ${MAX_REVIEWS} 之间`);
    }
    const { judge, policy, reference } = this.#parts;
    const encoded = this.#encode(prompts);
    const asked = Array.from({ length: count }, (_, i) => encoded[i % encoded.length]!);
    const model = who === "policy" ? policy.actor : reference;
    const written = await this.#write(model, asked, new Random(seed));
    const rewards = (await judge?.judge(written.map(({ text }) => text))) ?? null;
    const reviews = await this.#describe(written, rewards);
    return { kind: "write", reviews, ...summarize(reviews, written) };
  }

  async #describe(written: readonly WrittenReview[], rewards: readonly number[] | null): Promise<JudgedReview[]> {
    const { temperature, minibatch } = this.#settings;
    const rollout = await ReviewRollout.record(this.#parts, written, temperature, minibatch);
    rollout.dispose();
    return describeReviews(rollout, rewards);
  }

  #write(model: Gpt2, prompts: readonly EncodedPrompt[], random: Random): Promise<WrittenReview[]> {
    return writeReviews(model, this.#parts.tokenizer, prompts, this.#settings, random);
  }

  #encode(prompts: readonly ReviewPrompt[]): EncodedPrompt[] {
    const { tokenizer, policy } = this.#parts;
    const { contextLength } = policy.actor.config;
    return prompts.map((prompt) => encodePrompt(tokenizer, prompt, this.#settings.length, contextLength));
  }

  #nextPrompts(): EncodedPrompt[] {
    return Array.from({ length: this.#settings.batch }, () => this.#prompts[this.#written++ % this.#prompts.length]!);
  }

  #expectReader(): void {
    if (this.#parts.judge) throw new EngineError("bad-input", "这次的奖励不由读者打分");
  }
}
