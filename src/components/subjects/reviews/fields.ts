import { RLHF_DEFAULTS, RLHF_RANGES } from "../../../engine/experiments/rlhf-settings.ts";
import { type DrawnKey, flag, seed, settingFields, text } from "../../kit/state/fields.ts";
import { MAX_PROMPT_TEXT, printPrompts } from "./prompts.ts";

/** All of RLHF that the reader can set. Limits are narrower than the engine's where more makes no sense to look at. */
export const fields = {
  ...settingFields(RLHF_RANGES, RLHF_DEFAULTS, {
    iterations: { max: 500, scale: "log", unit: "轮" },
    batch: { label: "每轮写", unit: "条" },
    length: { label: "一条最长", unit: "词元" },
    temperature: { step: 0.05 },
    epochs: { label: "每轮用几遍", max: 10, unit: "遍" },
    minibatch: { unit: "条" },
    blocks: { label: "训练最后几层", max: 6, unit: "层" },
    learningRate: { step: 1e-5, scale: "log" },
    klWeight: { max: 0.5, step: 0.005, hint: "每偏离参照模型 1 纳特，扣多少分。0 是不扣。" },
    discount: { step: 0.01 },
    lambda: { label: "GAE 的 λ", step: 0.01 },
    clipRange: { max: 2, step: 0.01 },
    valueClipRange: { max: 2, step: 0.01 },
    valueCoefficient: { max: 2, step: 0.05 },
    entropyCoefficient: { max: 0.2, step: 0.001 },
    maxGradientNorm: { max: 10, step: 0.1 },
    targetKl: {
      label: "一轮的 KL 上限",
      max: 0.5,
      step: 0.005,
      hint: "每个词元。挪过这么远，这一轮就提前结束。0 是不管。",
    },
  }),
  learningRateDecay: flag({ initial: RLHF_DEFAULTS.learningRateDecay, label: "学习率降到 0" }),
  normalizeAdvantages: flag({ initial: RLHF_DEFAULTS.normalizeAdvantages, label: "优势归一化" }),
  prompts: text({ initial: printPrompts(RLHF_DEFAULTS.prompts), maxLength: MAX_PROMPT_TEXT }),
  seed: seed(1),
};

type Names = readonly DrawnKey<typeof fields>[];

/** Those that are in sight where all can be set; the rest is folded away by group. */
export const FIRST: Names = ["iterations", "batch", "klWeight", "learningRate"];
export const FOLDED: readonly { readonly title: string; readonly names: Names }[] = [
  { title: "写：长度、温度", names: ["length", "temperature"] },
  {
    title: "更新：遍数、小批、截断",
    names: ["epochs", "minibatch", "clipRange", "targetKl", "maxGradientNorm", "learningRateDecay"],
  },
  { title: "估计：γ、λ、归一化", names: ["discount", "lambda", "normalizeAdvantages"] },
  { title: "损失：价值、熵的系数", names: ["valueCoefficient", "valueClipRange", "entropyCoefficient"] },
  { title: "网络：训练几层", names: ["blocks"] },
];
