import { CART_POLE_DEFAULTS, type CartPoleSettings } from "../../../engine/experiments/cart-pole-settings.ts";
import type { SliderControl } from "../../kit/frame/types.ts";
import { formatNumber } from "../../kit/text/format.ts";
import { CONTROLS } from "./fields.ts";

const SWITCH = { min: 0, max: 1, step: 1 };

/** What can be compared: every setting but the number of steps, which both runs share, with a value worth trying against the default. */
export const SUBJECTS = {
  learningRate: { ...CONTROLS.learningRate, against: 0.02 },
  learningRateDecay: { label: "学习率降到 0（1 是，0 否）", ...SWITCH, against: 0 },
  clipRange: { ...CONTROLS.clipRange, against: 2 },
  epochs: { ...CONTROLS.epochs, against: 1 },
  minibatch: { ...CONTROLS.minibatch, against: 512 },
  targetKl: { ...CONTROLS.targetKl, against: 0.02 },
  maxGradientNorm: { ...CONTROLS.maxGradientNorm, against: 10 },
  discount: { ...CONTROLS.discount, against: 0.8 },
  lambda: { ...CONTROLS.lambda, against: 0 },
  normalizeAdvantages: { label: "优势归一化（1 是，0 否）", ...SWITCH, against: 0 },
  valueCoefficient: { ...CONTROLS.valueCoefficient, against: 0 },
  entropyCoefficient: { ...CONTROLS.entropyCoefficient, against: 0.1 },
  environments: { ...CONTROLS.environments, against: 1 },
  horizon: { ...CONTROLS.horizon, against: 512 },
  width: { ...CONTROLS.width, against: 4 },
} as const satisfies Partial<Record<keyof CartPoleSettings, SliderControl & { readonly against: number }>>;

export type Subject = keyof typeof SUBJECTS;

export const SUBJECT_NAMES = Object.keys(SUBJECTS) as Subject[];

/** The two values with which the comparison of a setting begins: the default, and the other one. */
export function valuesOf(subject: Subject): readonly [a: number, b: number] {
  return [Number(CART_POLE_DEFAULTS[subject]), SUBJECTS[subject].against];
}

/** The default settings with one of them changed. */
export function settingsWith(subject: Subject, value: number, steps: number): CartPoleSettings {
  const { min, max } = SUBJECTS[subject];
  const held = Math.min(max, Math.max(min, value));
  const isSwitch = typeof CART_POLE_DEFAULTS[subject] === "boolean";
  return { ...CART_POLE_DEFAULTS, steps, [subject]: isSwitch ? held >= 0.5 : held };
}

/** What a run is called: 「甲（学习率 0.001）」. */
export function nameOf(side: "甲" | "乙", subject: Subject, value: number): string {
  const [label = ""] = SUBJECTS[subject].label.split("（");
  return `${side}（${label} ${formatNumber(value)}）`;
}
