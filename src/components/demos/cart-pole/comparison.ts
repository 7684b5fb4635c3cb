import { CART_POLE_DEFAULTS, type CartPoleSettings } from "../../../engine/experiments/cart-pole-settings.ts";
import { snap } from "../../kit/controls/scale.ts";
import type { SliderControl } from "../../kit/state/fields.ts";
import { formatNumber } from "../../kit/text/format.ts";
import { fields } from "./fields.ts";

const SWITCH = { min: 0, max: 1, step: 1 };

/** What can be compared: every setting but the number of steps, which both runs share, with a value worth trying against the default. */
export const SUBJECTS = {
  learningRate: { ...fields.learningRate, against: 0.02 },
  learningRateDecay: { label: "学习率降到 0（1 是，0 否）", ...SWITCH, against: 0 },
  clipRange: { ...fields.clipRange, against: 2 },
  epochs: { ...fields.epochs, against: 1 },
  minibatch: { ...fields.minibatch, against: 512 },
  targetKl: { ...fields.targetKl, against: 0.02 },
  maxGradientNorm: { ...fields.maxGradientNorm, against: 10 },
  discount: { ...fields.discount, against: 0.8 },
  lambda: { ...fields.lambda, against: 0 },
  normalizeAdvantages: { label: "优势归一化（1 是，0 否）", ...SWITCH, against: 0 },
  valueCoefficient: { ...fields.valueCoefficient, against: 0 },
  entropyCoefficient: { ...fields.entropyCoefficient, against: 0.1 },
  environments: { ...fields.environments, against: 1 },
  horizon: { ...fields.horizon, against: 512 },
  width: { ...fields.width, against: 4 },
} as const satisfies Partial<Record<keyof CartPoleSettings, SliderControl & { readonly against: number }>>;

export type Subject = keyof typeof SUBJECTS;

export const SUBJECT_NAMES = Object.keys(SUBJECTS) as Subject[];

/** The two values with which the comparison of a setting begins: the default, and the other one. */
export function valuesOf(subject: Subject): readonly [a: number, b: number] {
  return [Number(CART_POLE_DEFAULTS[subject]), SUBJECTS[subject].against];
}

/** The value as the subject's slider can show it: that of another subject may stand in an address. */
export function heldValue(subject: Subject, value: number): number {
  return snap(value, SUBJECTS[subject]);
}

/** The default settings with one of them changed. */
export function settingsWith(subject: Subject, value: number, steps: number): CartPoleSettings {
  const held = heldValue(subject, value);
  const isSwitch = typeof CART_POLE_DEFAULTS[subject] === "boolean";
  return { ...CART_POLE_DEFAULTS, steps, [subject]: isSwitch ? held >= 0.5 : held };
}

/** What a run is called: 「甲（学习率 0.001）」. */
export function nameOf(side: "甲" | "乙", subject: Subject, value: number): string {
  const [label = ""] = SUBJECTS[subject].label.split("（");
  return `${side}（${label} ${formatNumber(value)}）`;
}
