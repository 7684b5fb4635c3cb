import { expect, test } from "vitest";
import {
  calibrationError,
  calibrationOf,
  confusionAt,
  measuresOf,
  probabilityOf,
  rocCurve,
  type Scored,
} from "./classification.ts";

const logit = (p: number): number => Math.log(p / (1 - p));
const text = (p: number, good: boolean): Scored => ({ odds: logit(p), good });
const TEXTS = [text(0.9, true), text(0.8, true), text(0.7, false), text(0.6, true), text(0.2, false), text(0.1, false)];

test("a threshold parts the texts", () => {
  expect(confusionAt(TEXTS, 0.5)).toEqual({ truePositive: 3, falsePositive: 1, falseNegative: 0, trueNegative: 2 });
  expect(confusionAt(TEXTS, 0.75)).toEqual({ truePositive: 2, falsePositive: 0, falseNegative: 1, trueNegative: 3 });
  expect(confusionAt(TEXTS, 0)).toEqual({ truePositive: 3, falsePositive: 3, falseNegative: 0, trueNegative: 0 });
  const { accuracy, precision, recall, fallout, f1 } = measuresOf(confusionAt(TEXTS, 0.5));
  expect([accuracy, precision, recall, fallout]).toEqual([5 / 6, 3 / 4, 1, 1 / 3]);
  expect(f1).toBeCloseTo(6 / 7, 12);
});

test("where nothing is claimed there is no precision", () => {
  const { precision, recall } = measuresOf(confusionAt(TEXTS, 1));
  expect(precision).toBeNull();
  expect(recall).toBe(0);
});

test("the ROC curve goes through every threshold, and its area is the share of pairs in the right order", () => {
  const curve = rocCurve(TEXTS);
  expect(curve[0]).toMatchObject({ fallout: 1, recall: 1 });
  expect(curve.at(-1)).toMatchObject({ fallout: 0, recall: 0 });
  for (const { threshold, fallout, recall } of curve.slice(0, -1)) {
    const measures = measuresOf(confusionAt(TEXTS, threshold));
    expect([fallout, recall]).toEqual([measures.fallout, measures.recall]);
  }
  const area = curve
    .slice(1)
    .reduce((sum, to, i) => sum + ((curve[i]!.fallout - to.fallout) * (curve[i]!.recall + to.recall)) / 2, 0);
  expect(area).toBeCloseTo(8 / 9, 12);
});

test("calibration: what is said beside what is", () => {
  const said = [
    ...Array.from({ length: 10 }, (_, i) => text(0.75, i < 9)),
    ...Array.from({ length: 10 }, (_, i) => text(0.25, i < 1)),
  ];
  const bins = calibrationOf(said);
  expect(bins.map(({ from, texts, good }) => [from, texts, good])).toEqual([
    [0.2, 10, 1],
    [0.7, 10, 9],
  ]);
  expect(calibrationError(bins)).toBeCloseTo(0.15, 12);
  expect(probabilityOf({ odds: 0 })).toBe(0.5);
});
