import { expect, test } from "vitest";
import type { OptimizerRaceMetrics } from "../../../../engine/experiments/optimizer-race.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import * as units from "../units/units.ts";
import {
  changesOf,
  fields,
  runsOf,
  settingsOf,
  shownRecords,
  survivorsOf,
  tableOf,
  tellChanges,
  tellTrouble,
} from "./race.ts";

const record = (step: number, sgdLoss: number | null): OptimizerRaceMetrics =>
  ({
    step,
    ...{ sgdLoss, sgdNorm: sgdLoss, sgdUnread: null, sgdRate: sgdLoss },
    ...{ momentumLoss: 5, momentumNorm: 1, momentumUnread: null, momentumRate: 0.1 },
    ...{ adamwLoss: 4, adamwNorm: 1, adamwUnread: 4.5, adamwRate: 0.01 },
  }) satisfies OptimizerRaceMetrics;

test("who has diverged, or knows less than nothing, is named with the reason", () => {
  expect(tellTrouble([record(1, 7), record(40, 5)])).toBeUndefined();
  expect(tellTrouble([record(1, 7), record(2, null)])).toMatch(/^SGD 在第 2 步发散了.*NaN.*学习率太大/);
  expect(tellTrouble([record(1, 7), record(40, 900)])).toMatch(/^SGD 的损失比闭着眼睛猜/);
  expect(survivorsOf([record(2, null)])).toBe(2);
  expect(survivorsOf([])).toBe(0);
});

test("changes come from a link, and a garbled one brings none", () => {
  const settings = { ...initial(fields), changes: "120x0.1,200-cosine" };
  expect(tellChanges(changesOf(settings))).toBe("第 120 步起乘以 0.1，第 200 步起改成余弦");
  expect(settingsOf(settings).changes).toBe(settings.changes);
  expect(settingsOf({ ...settings, changes: "<script>" }).changes).toBe("");
});

test("every fifth record is shown, with the first and the last", () => {
  const records = Array.from({ length: 12 }, (_, i) => record(i + 1, 6));
  expect(shownRecords(records).map(({ step }) => step)).toEqual([1, 5, 10, 12]);
  expect(runsOf(records).map(({ records: points }) => points.length)).toEqual([12, 12, 12]);
  expect(tableOf(records).rows).toHaveLength(36);
});

test("a reader's own text is read but for its last tenth, and one that is too short is refused", () => {
  const settings = { ...initial(units.fields), own: "一二三四五六七八九十".repeat(10) };
  const { text, unread } = units.settingsOf("bytes", settings);
  expect([text.length, unread.length]).toEqual([90, 10]);
  const { validate } = units.fields.own;
  expect(validate?.(settings.own)).toBeUndefined();
  expect(validate?.("短")).toContain("太短");
  expect(validate?.("好".repeat(600))).toContain("只有一种字");
  expect(validate?.("")).toBeUndefined();
});

test("without stop words the text is shorter, and it is said how much of it is gone", () => {
  const settings = { ...initial(units.fields), without: true };
  const { text } = units.settingsOf("characters", settings);
  const { text: whole } = units.settingsOf("characters", { ...settings, without: false });
  // What is left of it is a part of other words.
  const count = (read: string): number => read.split("的").length - 1;
  expect(count(text)).toBeLessThan(0.2 * count(whole));
  expect(text.length).toBeLessThan(0.9 * whole.length);
  expect(units.tellWithout(settings)).toMatch(/每 100 个字有 \d+ 个没有了/);
  expect(units.tellWithout({ ...settings, without: false })).toBeUndefined();
});
