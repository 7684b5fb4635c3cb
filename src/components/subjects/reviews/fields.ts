import type { NumericKey } from "../../../engine/experiments/ranges.ts";
import { RLHF_DEFAULTS, RLHF_RANGES, type RlhfSettings } from "../../../engine/experiments/rlhf-settings.ts";
import { SEED_MAX } from "../../kit/controls/seed.ts";
import type { SettingGroup, SliderControl } from "../../kit/frame/types.ts";
import { type Field, flag, integer, number, type StateOf } from "../../kit/state/hash-state.ts";

export type NumericSetting = NumericKey<RlhfSettings>;

/** Every number of RLHF that can be set. The limits are those that the engine holds to, or narrower where more makes no sense to look at. */
export const CONTROLS: Readonly<Record<NumericSetting, SliderControl>> = {
  iterations: { label: "轮数", min: 1, max: 500, step: 1, scale: "log", unit: "轮" },
  batch: { label: "每轮写", min: 1, max: 64, step: 1, unit: "条" },
  length: { label: "一条最长", min: 1, max: 100, step: 1, unit: "词元" },
  temperature: { label: "温度", min: 0.1, max: 2, step: 0.05 },
  epochs: { label: "每轮用几遍", min: 1, max: 10, step: 1, unit: "遍" },
  minibatch: { label: "小批", min: 1, max: 64, step: 1, unit: "条" },
  blocks: { label: "训练最后几层", min: 1, max: 6, step: 1, unit: "层" },
  learningRate: { label: "学习率", min: 0, max: 10, step: 1e-5, scale: "log" },
  klWeight: { label: "KL 权重 β", min: 0, max: 0.5, step: 0.005, hint: "离参照每远 1 纳特，扣多少分。0 是不拴绳子。" },
  discount: { label: "折扣 γ", min: 0, max: 1, step: 0.01 },
  lambda: { label: "GAE 的 λ", min: 0, max: 1, step: 0.01 },
  clipRange: { label: "截断 ε", min: 0, max: 2, step: 0.01 },
  valueClipRange: { label: "价值的截断", min: 0, max: 2, step: 0.01 },
  valueCoefficient: { label: "价值损失的系数", min: 0, max: 2, step: 0.05 },
  entropyCoefficient: { label: "熵的系数", min: 0, max: 0.2, step: 0.001 },
  maxGradientNorm: { label: "梯度的最大范数", min: 0, max: 10, step: 0.1 },
  targetKl: {
    label: "一轮的 KL 上限",
    min: 0,
    max: 0.5,
    step: 0.005,
    hint: "每个词元。挪过这么远，这一轮就提前结束。0 是不管。",
  },
};

/** Those that are in sight where all can be set; the rest is folded away by group. */
export const FIRST: readonly NumericSetting[] = ["iterations", "batch", "klWeight", "learningRate"];
export const GROUPS: readonly SettingGroup<NumericSetting, "learningRateDecay" | "normalizeAdvantages">[] = [
  { title: "写：长度、温度", settings: ["length", "temperature"] },
  {
    title: "更新：遍数、小批、截断",
    settings: ["epochs", "minibatch", "clipRange", "targetKl", "maxGradientNorm"],
    toggle: { key: "learningRateDecay", label: "学习率降到 0" },
  },
  {
    title: "估计：γ、λ、归一化",
    settings: ["discount", "lambda"],
    toggle: { key: "normalizeAdvantages", label: "优势归一化" },
  },
  { title: "损失：价值、熵的系数", settings: ["valueCoefficient", "valueClipRange", "entropyCoefficient"] },
  { title: "网络：训练几层", settings: ["blocks"] },
];

export const NUMERIC_SETTINGS = Object.keys(CONTROLS) as NumericSetting[];

const numbers = Object.fromEntries(
  NUMERIC_SETTINGS.map((key) => {
    const options = { initial: RLHF_DEFAULTS[key], min: CONTROLS[key].min, max: CONTROLS[key].max };
    return [key, RLHF_RANGES[key].whole ? integer(options) : number(options)];
    // Object.fromEntries forgets the keys; they are those of CONTROLS.
  }),
) as Record<NumericSetting, Field<number>>;

/** Everything about the training that the reader can set, but for the prompts. */
export const fields = {
  ...numbers,
  learningRateDecay: flag({ initial: RLHF_DEFAULTS.learningRateDecay }),
  normalizeAdvantages: flag({ initial: RLHF_DEFAULTS.normalizeAdvantages }),
  seed: integer({ initial: 1, min: 0, max: SEED_MAX }),
};

export type RlhfFields = StateOf<typeof fields>;

/** The settings of the experiment, without what else the reader has set. */
export function settingsOf(
  value: Readonly<RlhfFields>,
  { prompts, reward }: Pick<RlhfSettings, "prompts" | "reward">,
): RlhfSettings {
  const { learningRateDecay, normalizeAdvantages } = value;
  const set = Object.fromEntries(NUMERIC_SETTINGS.map((key) => [key, value[key]])) as Record<NumericSetting, number>;
  return { ...set, learningRateDecay, normalizeAdvantages, prompts, reward };
}
