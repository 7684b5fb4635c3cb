import { EngineError } from "../errors.ts";
import { checkRanges, type Ranges } from "../ranges.ts";
import { PPO_RANGES } from "./ppo-ranges.ts";
import type { RewardHead } from "./text-features.ts";

/** What a review begins with. */
export interface ReviewPrompt {
  /** What is reviewed: 酒店, 外卖, … */
  readonly category: string;
  /** First words of the review, given; may be empty. */
  readonly opening: string;
}

/**
 * Who says what a review is worth: `sentiment-zh`, by its probability of "good"; the reader, by stars, each time before the model learns; or a
 * reward model that the reader's rankings have trained (`RewardModelExperiment`).
 */
export type RewardSettings =
  | { readonly kind: "sentiment" }
  | { readonly kind: "stars" }
  | { readonly kind: "preference"; readonly head: RewardHead };

/** How reviews are written. */
export interface WritingSettings {
  readonly prompts: readonly ReviewPrompt[];
  /** Most tokens of a review, its end included; the opening is not counted. */
  readonly length: number;
  /** Of the policy, and of its reference: what both divide their logits by. */
  readonly temperature: number;
}

/** Everything that can be set about RLHF of the review writer. */
export interface RlhfSettings extends WritingSettings {
  readonly reward: RewardSettings;
  /** Rounds of writing, judging and learning. */
  readonly iterations: number;
  /** Reviews written in each of them; the prompts take turns. */
  readonly batch: number;
  /** How often each round uses every review. */
  readonly epochs: number;
  /** Reviews per gradient. */
  readonly minibatch: number;
  /** Blocks that are trained, from the top; more than the model has are all of them. */
  readonly blocks: number;
  readonly learningRate: number;
  /** Whether the learning rate falls to 0 in a straight line. */
  readonly learningRateDecay: boolean;
  /** β: what a nat of KL divergence from the reference costs, in units of the reward. 0: no leash. */
  readonly klWeight: number;
  /** γ. */
  readonly discount: number;
  /** λ of generalized advantage estimation. */
  readonly lambda: number;
  /** ε. */
  readonly clipRange: number;
  readonly valueClipRange: number;
  readonly valueCoefficient: number;
  readonly entropyCoefficient: number;
  /** Largest norm of all gradients together. */
  readonly maxGradientNorm: number;
  /** Whether the advantages of a round are shifted and scaled to mean 0 and deviation 1. */
  readonly normalizeAdvantages: boolean;
  /** How far a round may move the policy before it ends early, in nats per token; 0 for as far as it likes. */
  readonly targetKl: number;
}

/** Openings from all categories of the reviews, hardly any of which says whether the review is good or bad. */
export const REVIEW_PROMPTS: readonly ReviewPrompt[] = [
  { category: "酒店", opening: "房间" },
  { category: "外卖", opening: "送餐" },
  { category: "书籍", opening: "这本书" },
  { category: "水果", opening: "苹果" },
  { category: "衣服", opening: "质量" },
  { category: "手机", opening: "屏幕" },
  { category: "洗发水", opening: "味道" },
  { category: "平板", opening: "用了" },
];

// #region defaults
/** `npm run rlhf` prints what they make of the review writer. */
export const RLHF_DEFAULTS: RlhfSettings = {
  prompts: REVIEW_PROMPTS,
  reward: { kind: "sentiment" },
  iterations: 60,
  batch: 24,
  length: 40,
  temperature: 1,
  epochs: 2,
  minibatch: 8,
  blocks: 2,
  learningRate: 3e-4,
  learningRateDecay: true,
  klWeight: 0.03,
  discount: 1,
  lambda: 0.95,
  clipRange: 0.2,
  valueClipRange: 0.2,
  valueCoefficient: 0.5,
  entropyCoefficient: 0,
  maxGradientNorm: 1,
  normalizeAdvantages: true,
  targetKl: 0.05,
};
// #endregion

/** What each number may be. */
export const WRITING_RANGES: Ranges<WritingSettings> = {
  length: { name: "评论的长度", min: 1, max: 100, whole: true },
  temperature: { name: "温度", min: 0.1, max: 2 },
};

export const RLHF_RANGES: Ranges<RlhfSettings> = {
  ...PPO_RANGES,
  ...WRITING_RANGES,
  iterations: { name: "轮数", min: 1, max: 10_000, whole: true },
  batch: { name: "每轮的评论", min: 1, max: 64, whole: true },
  epochs: { name: "遍数", min: 1, max: 20, whole: true },
  minibatch: { name: "小批", min: 1, max: 64, whole: true },
  blocks: { name: "训练的层数", min: 1, max: 48, whole: true },
  klWeight: { name: "KL 权重 β", min: 0, max: 10 },
  valueClipRange: { name: "价值的截断", min: 0, max: 100 },
  targetKl: { name: "KL 上限", min: 0, max: 10 },
};

const MAX_PROMPTS = 64;

/** @throws EngineError as `checkRanges`; `bad-input` without a prompt, or with too many */
export function checkRlhfSettings(settings: RlhfSettings): void {
  checkRanges(settings, RLHF_RANGES);
  checkPrompts(settings.prompts);
}

/** @throws EngineError `bad-input` */
export function checkPrompts(prompts: readonly ReviewPrompt[]): void {
  if (!(prompts.length >= 1 && prompts.length <= MAX_PROMPTS)) {
    throw new EngineError("bad-input", `开头有 ${prompts.length} 个，要 1 到 ${MAX_PROMPTS} 个`);
  }
}
