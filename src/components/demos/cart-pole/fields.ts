import { CART_POLE_DEFAULTS, CART_POLE_RANGES } from "../../../engine/experiments/cart-pole-settings.ts";
import { type DrawnKey, flag, seed, settingFields } from "../../kit/state/fields.ts";

/** All of the training that the reader can set. Limits are narrower than the engine's where more makes no sense to look at. */
export const fields = {
  ...settingFields(CART_POLE_RANGES, CART_POLE_DEFAULTS, {
    steps: { min: 256, max: 500_000, scale: "log", unit: "步" },
    environments: { unit: "辆" },
    horizon: { label: "每轮每辆走", max: 512, unit: "步" },
    epochs: { label: "每轮用几遍", max: 40, unit: "遍" },
    minibatch: { max: 2048, scale: "log", unit: "步" },
    learningRate: { step: 1e-5, scale: "log" },
    clipRange: { max: 2, step: 0.01 },
    targetKl: { label: "KL 上限（0 是不管）", max: 0.2, step: 0.001 },
    maxGradientNorm: { max: 10, step: 0.1 },
    discount: { step: 0.001 },
    lambda: { label: "GAE 的 λ", step: 0.01 },
    valueCoefficient: { max: 2, step: 0.05 },
    entropyCoefficient: { max: 0.2, step: 0.001 },
    width: { unit: "个" },
  }),
  learningRateDecay: flag({ initial: CART_POLE_DEFAULTS.learningRateDecay, label: "学习率降到 0" }),
  normalizeAdvantages: flag({ initial: CART_POLE_DEFAULTS.normalizeAdvantages, label: "优势归一化" }),
  seed: seed(1),
};

type Names = readonly DrawnKey<typeof fields>[];

/** Those that are in sight; the rest is folded away by group. */
export const FIRST: Names = ["steps", "learningRate", "clipRange", "epochs"];
export const FOLDED: readonly { readonly title: string; readonly names: Names }[] = [
  { title: "采样：并排的车、步数", names: ["environments", "horizon"] },
  { title: "估计：γ、λ、归一化", names: ["discount", "lambda", "normalizeAdvantages"] },
  { title: "更新：小批、KL 上限、梯度", names: ["minibatch", "targetKl", "maxGradientNorm", "learningRateDecay"] },
  { title: "损失：价值、熵的系数", names: ["valueCoefficient", "entropyCoefficient"] },
  { title: "网络：宽度", names: ["width"] },
];
