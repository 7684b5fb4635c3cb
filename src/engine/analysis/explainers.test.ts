import { expect, test } from "vitest";
import { coalitionsOf, openAttributionFixture, scoreIn } from "../testing/attribution.ts";
import { relativeError } from "../testing/relative-error.ts";
import type { Coalition, Score } from "./coalitions.ts";
import { meanHeight, orderCurves, orderOf } from "./faithfulness.ts";
import { constrainedShares } from "./kernel-shap.ts";
import { leaveOneOut } from "./leave-one-out.ts";
import { localModel } from "./lime.ts";
import { kendall, ranks, spearman } from "./rank-correlation.ts";
import { shapleyValues } from "./shapley.ts";

const fixture = await openAttributionFixture();
const TEXTS = fixture.texts.map((text) => ({ text, players: text.ids.length - 2 }));

test.each(TEXTS)(
  "occlusion of $players tokens is captum's, exact Shapley values are shap's",
  async ({ text, players }) => {
    const score: Score = async (coalitions) => coalitions.map((coalition) => scoreIn(text, coalition));
    expect(relativeError(await leaveOneOut(players, score), text.occlusion)).toBeLessThan(1e-9);
    expect(relativeError((await shapleyValues(players, score)).values, text.shapley)).toBeLessThan(1e-6);
  },
);

test.each(TEXTS)("KernelSHAP of $players tokens is shap's, over what shap has sampled", ({ text }) => {
  const coalitions = coalitionsOf(text.kernel.masks);
  const weighted = coalitions.map((coalition, i) => ({ coalition, weight: text.kernel.weights[i]! }));
  const scores = coalitions.map((coalition) => scoreIn(text, coalition));
  const ends = { empty: text.scores[0]!, full: text.scores.at(-1)! };
  expect(relativeError(constrainedShares(weighted, scores, ends), text.kernel.values)).toBeLessThan(1e-6);
});

test.each(TEXTS)("LIME of $players tokens is lime's, over what lime has sampled", ({ text }) => {
  const coalitions = coalitionsOf(text.lime.masks);
  const scores = Float64Array.from(coalitions, (coalition) => scoreIn(text, coalition));
  const { values, intercept, fit } = localModel(coalitions, scores);
  expect(relativeError(values, text.lime.values)).toBeLessThan(1e-9);
  expect(intercept).toBeCloseTo(text.lime.intercept, 9);
  expect(fit).toBeCloseTo(text.lime.fit, 9);
});

test("rank correlations are scipy's, ties included", () => {
  const { x, y, ...expected } = fixture.ranks;
  expect(kendall(x, y)).toBeCloseTo(expected.kendall, 12);
  expect(spearman(x, y)).toBeCloseTo(expected.spearman, 12);
  expect([...ranks([3, 1, 3, 2])]).toEqual([3.5, 1, 3.5, 2]);
  expect(kendall([1, 2, 2, 4], [1, 3, 3, 9])).toBeCloseTo(1, 12);
  expect(kendall([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 12);
  expect([kendall([1], [2]), kendall([1, 1], [1, 2]), spearman([2, 2], [1, 2])]).toEqual([null, null, null]);
});

test("curves follow an order from both sides, and the order of a sum's own terms is the best", async () => {
  const terms = [1, -2, 4, 0.5];
  const sum: Score = async (coalitions: readonly Coalition[]) =>
    coalitions.map((coalition) => terms.reduce((total, term, i) => total + (coalition[i] ? term : 0), 3));
  const best = await orderCurves(orderOf(terms), sum);
  expect(orderOf(terms)).toEqual([2, 0, 3, 1]);
  expect([...best.deletion]).toEqual([6.5, 2.5, 1.5, 1, 3]);
  expect([...best.insertion]).toEqual([3, 7, 8, 8.5, 6.5]);
  const worst = await orderCurves(orderOf(terms).toReversed(), sum);
  expect(meanHeight(best.deletion)).toBeLessThan(meanHeight(worst.deletion));
  expect(meanHeight(best.insertion)).toBeGreaterThan(meanHeight(worst.insertion));
  expect(meanHeight([2, 4, 8])).toBe(4.5);
  expect(orderOf([1, 1, 2])).toEqual([2, 0, 1]);
});
