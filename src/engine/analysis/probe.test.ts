import { describe, expect, test } from "vitest";
import { Random } from "../random.ts";
import { openAnalysisFixture, pointsOf } from "../testing/analysis.ts";
import { relativeError } from "../testing/relative-error.ts";
import { gramMatrix } from "./gram.ts";
import { classProbabilities, fitLogistic } from "./logistic.ts";
import { probeAccuracy } from "./probe.ts";
import { stratifiedSplits } from "./splits.ts";

const fixture = await openAnalysisFixture();
const labels = Uint8Array.from(fixture.labels);

describe("logistic regression", () => {
  test("gives the probabilities of scikit-learn", () => {
    const { points, probe } = fixture;
    const mean = points[0]!.map((_, k) => points.reduce((sum, row) => sum + row[k]! / points.length, 0));
    const product = (a: readonly number[], b: readonly number[]) =>
      a.reduce((sum, value, k) => sum + (value - mean[k]!) * (b[k]! - mean[k]!), 0);
    const among = Float64Array.from(points.flatMap((a) => points.map((b) => product(a, b))));
    const asked = Float64Array.from(probe.asked.flatMap((a) => points.map((b) => product(a, b))));
    const classifier = fitLogistic({ data: among, size: points.length }, labels, 3, probe.strength);
    const probabilities = classProbabilities(classifier, asked);
    for (const [i, p] of probe.probabilities.flat().entries()) expect(probabilities[i]).toBeCloseTo(p, 3);
  });

  test("of points that do not differ gives every class its share", () => {
    const gram = { data: new Float64Array(36).fill(1), size: 6 };
    const classifier = fitLogistic(gram, Uint8Array.of(0, 0, 0, 0, 1, 1), 2, 1000);
    expect(relativeError(classProbabilities(classifier, new Float64Array(6).fill(1)), [2 / 3, 1 / 3])).toBeLessThan(
      1e-3,
    );
  });
});

describe("splits", () => {
  test("hold out every point once per repeat, and every class in every fold", () => {
    const own = Uint8Array.from({ length: 31 }, (_, i) => i % 3);
    const splits = stratifiedSplits(own, 5, 3, new Random(1));
    expect(splits).toHaveLength(15);
    for (let repeat = 0; repeat < 3; repeat++) {
      const folds = splits.slice(5 * repeat, 5 * repeat + 5);
      expect(folds.flatMap(({ heldOut }) => heldOut).sort((a, b) => a - b)).toEqual([...own.keys()]);
      for (const { training, heldOut } of folds) {
        expect([...training, ...heldOut].sort((a, b) => a - b)).toEqual([...own.keys()]);
        const counts = [0, 1, 2].map((label) => heldOut.filter((i) => own[i] === label).length);
        expect(Math.min(...counts)).toBeGreaterThanOrEqual(2);
        expect(Math.max(...counts)).toBeLessThanOrEqual(3);
      }
    }
    expect(stratifiedSplits(own, 5, 3, new Random(1))).toEqual(splits);
    expect(stratifiedSplits(own, 5, 3, new Random(2))).not.toEqual(splits);
  });

  test("one class alone, or one with fewer points than folds, is refused", () => {
    expect(() => stratifiedSplits(Uint8Array.of(0, 0, 0), 2, 1, new Random(1))).toThrow("至少要有两类");
    expect(() => stratifiedSplits(Uint8Array.of(0, 0, 0, 1), 2, 1, new Random(1))).toThrow("第 2 类只有 1 句");
  });
});

describe("probe", () => {
  const accuracies = (own: Uint8Array, data: Float32Array, width: number): number[] => {
    const splits = stratifiedSplits(own, 5, 4, new Random(7));
    return splits.map((split) => probeAccuracy(gramMatrix({ data, width }), own, 3, split));
  };
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value) / values.length;
  const random = new Random(5);
  const own = Uint8Array.from({ length: 60 }, (_, i) => i % 3);
  const noise = Float32Array.from({ length: 60 * 20 }, () => random.normal());

  test("finds what lies along a direction, and nothing in noise", () => {
    const shifted = noise.map((value, i) => (i % 20 === own[Math.floor(i / 20)] ? value + 6 : value));
    expect(mean(accuracies(own, shifted, 20))).toBeGreaterThan(0.95);
    expect(mean(accuracies(own, noise, 20))).toBeLessThan(0.55);
    expect(mean(accuracies(own, new Float32Array(60), 1))).toBeCloseTo(1 / 3, 1);
  });

  test("asks representations of any length alike", () => {
    const { data, width } = pointsOf(fixture.points);
    const splits = stratifiedSplits(labels, 3, 2, new Random(1));
    for (const split of splits) {
      const [small, large] = [data, data.map((value) => 1000 * value)].map((own) =>
        probeAccuracy(gramMatrix({ data: own, width }), labels, 3, split),
      );
      expect(large).toBe(small);
    }
  });
});
