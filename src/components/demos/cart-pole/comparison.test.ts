import { expect, it } from "vitest";
import { CART_POLE_DEFAULTS, checkCartPoleSettings } from "../../../engine/experiments/cart-pole-settings.ts";
import { settingsFrom } from "../../kit/state/fields.ts";
import { nameOf, SUBJECT_NAMES, SUBJECTS, settingsWith, valuesOf } from "./comparison.ts";
import { fields } from "./fields.ts";

it.each(SUBJECT_NAMES)("%s: both runs can be made, and differ in nothing else", (subject) => {
  const [a, b] = valuesOf(subject).map((value) => settingsWith(subject, value, 1000));
  for (const settings of [a!, b!]) checkCartPoleSettings(settings);
  expect(a).toEqual({ ...CART_POLE_DEFAULTS, steps: 1000 });
  const different = Object.keys(a!).filter((key) => a![key as keyof typeof a] !== b![key as keyof typeof b]);
  expect(different).toEqual([subject]);
});

it("holds values from an address within what the setting may be", () => {
  expect(settingsWith("epochs", 2048, 1000).epochs).toBe(SUBJECTS.epochs.max);
  expect(settingsWith("epochs", 2.4, 1000).epochs).toBe(2);
  expect(settingsWith("normalizeAdvantages", 0, 1000).normalizeAdvantages).toBe(false);
});

it("names a run by what is special about it", () => {
  expect(nameOf("乙", "clipRange", 2)).toBe("乙（截断 ε 2）");
  expect(nameOf("甲", "targetKl", 0)).toBe("甲（KL 上限 0）");
});

it("the controls begin at the defaults", () => {
  const initial = Object.fromEntries(Object.entries(fields).map(([key, { initial }]) => [key, initial]));
  expect(settingsFrom({ ...CART_POLE_DEFAULTS, steps: 1 }, initial)).toEqual(CART_POLE_DEFAULTS);
});
