import {
  CART_POLE_DEFAULTS,
  CART_POLE_RANGES,
  type CartPoleSettings,
  type NumericSetting,
} from "../../../engine/experiments/cart-pole-settings.ts";
import { SEED_MAX } from "../../kit/controls/seed.ts";
import type { SettingGroup, SliderControl } from "../../kit/frame/types.ts";
import { type Field, flag, integer, number, type StateOf } from "../../kit/state/hash-state.ts";

/**
 * Every number that can be set, in the order in which the chapter speaks of them. The limits are those that the engine holds to, or narrower
 * where more makes no sense to look at.
 */
export const CONTROLS: Readonly<Record<NumericSetting, SliderControl>> = {
  steps: { label: "总步数", min: 256, max: 500_000, step: 1, scale: "log", unit: "步" },
  environments: { label: "并排的车", min: 1, max: 64, step: 1, unit: "辆" },
  horizon: { label: "每轮每辆走", min: 1, max: 512, step: 1, unit: "步" },
  epochs: { label: "每轮用几遍", min: 1, max: 40, step: 1, unit: "遍" },
  minibatch: { label: "小批", min: 1, max: 2048, step: 1, scale: "log", unit: "步" },
  learningRate: { label: "学习率", min: 0, max: 10, step: 1e-5, scale: "log" },
  clipRange: { label: "截断 ε", min: 0, max: 2, step: 0.01 },
  targetKl: { label: "KL 上限（0 是不管）", min: 0, max: 0.2, step: 0.001 },
  maxGradientNorm: { label: "梯度的最大范数", min: 0, max: 10, step: 0.1 },
  discount: { label: "折扣 γ", min: 0, max: 1, step: 0.001 },
  lambda: { label: "GAE 的 λ", min: 0, max: 1, step: 0.01 },
  valueCoefficient: { label: "价值损失的系数", min: 0, max: 2, step: 0.05 },
  entropyCoefficient: { label: "熵的系数", min: 0, max: 0.2, step: 0.001 },
  width: { label: "隐藏层宽度", min: 1, max: 256, step: 1, unit: "个" },
};

/** Those that are in sight; the rest is folded away by group. */
export const FIRST: readonly NumericSetting[] = ["steps", "learningRate", "clipRange", "epochs"];
export const GROUPS: readonly SettingGroup<NumericSetting, "learningRateDecay" | "normalizeAdvantages">[] = [
  { title: "采样：并排的车、步数", settings: ["environments", "horizon"] },
  {
    title: "估计：γ、λ、归一化",
    settings: ["discount", "lambda"],
    toggle: { key: "normalizeAdvantages", label: "优势归一化" },
  },
  {
    title: "更新：小批、KL 上限、梯度",
    settings: ["minibatch", "targetKl", "maxGradientNorm"],
    toggle: { key: "learningRateDecay", label: "学习率降到 0" },
  },
  { title: "损失：价值、熵的系数", settings: ["valueCoefficient", "entropyCoefficient"] },
  { title: "网络：宽度", settings: ["width"] },
];

export const NUMERIC_SETTINGS = Object.keys(CONTROLS) as NumericSetting[];

const numbers = Object.fromEntries(
  NUMERIC_SETTINGS.map((key) => {
    const options = { initial: CART_POLE_DEFAULTS[key], min: CONTROLS[key].min, max: CONTROLS[key].max };
    return [key, CART_POLE_RANGES[key].whole ? integer(options) : number(options)];
    // Object.fromEntries forgets the keys; they are those of CONTROLS.
  }),
) as Record<NumericSetting, Field<number>>;

/** Everything about the training that the reader can set. */
export const fields = {
  ...numbers,
  learningRateDecay: flag({ initial: CART_POLE_DEFAULTS.learningRateDecay }),
  normalizeAdvantages: flag({ initial: CART_POLE_DEFAULTS.normalizeAdvantages }),
  seed: integer({ initial: 1, min: 0, max: SEED_MAX }),
};

export type Fields = StateOf<typeof fields>;

/** The settings of the experiment, without what else the reader has set. */
export function settingsOf(value: Readonly<Fields>): CartPoleSettings {
  const { learningRateDecay, normalizeAdvantages } = value;
  const set = Object.fromEntries(NUMERIC_SETTINGS.map((key) => [key, value[key]])) as Record<NumericSetting, number>;
  return { ...set, learningRateDecay, normalizeAdvantages };
}
