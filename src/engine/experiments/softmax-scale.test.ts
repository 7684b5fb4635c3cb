import { expect, test } from "vitest";
import { Random } from "../random.ts";
import { SoftmaxScaleExperiment, type SoftmaxScaleSettings, softmaxFacts, WIDTHS } from "./softmax-scale.ts";

const run = (settings: Partial<SoftmaxScaleSettings> = {}, seed = 1) =>
  Array.fromAsync(
    new SoftmaxScaleExperiment({ random: new Random(seed) }, { draws: 200, keys: 16, ...settings }).run(),
  );

test("the norm of the Jacobian is that of finite differences", () => {
  const scores = Float64Array.of(0.5, -1, 2, 0);
  const weights = (s: Float64Array) => {
    const e = s.map(Math.exp);
    return e.map((x) => x / e.reduce((a, b) => a + b));
  };
  const step = 1e-6;
  let squares = 0;
  for (const [j] of scores.entries()) {
    const moved = weights(scores.map((s, i) => (i === j ? s + step : s)));
    for (const [i, p] of weights(scores).entries()) squares += ((moved[i]! - p) / step) ** 2;
  }
  const { gradient, largest, entropy } = softmaxFacts(scores);
  expect(gradient).toBeCloseTo(Math.sqrt(squares), 5);
  expect(largest).toBeCloseTo(weights(scores)[2]!, 12);
  expect(entropy).toBeCloseTo(-weights(scores).reduce((sum, p) => sum + p * Math.log(p), 0), 12);
});

test("unscaled scores are √d wide, and softmax hardens; scaled ones stay as they are", async () => {
  const records = await run();
  expect(records.map(({ width }) => width)).toEqual(WIDTHS);
  for (const { width, deviation } of records) expect(deviation / Math.sqrt(width)).toBeCloseTo(1, 0);
  const [first, last] = [records[0]!, records.at(-1)!];
  expect(last.entropyRaw).toBeLessThan(first.entropyRaw / 4);
  expect(last.gradientRaw).toBeLessThan(first.gradientRaw / 4);
  expect(last.largestRaw).toBeGreaterThan(0.9);
  expect(Math.abs(last.entropyScaled - first.entropyScaled)).toBeLessThan(0.2);
});

test("the same seed gives the same; what cannot be used is refused", async () => {
  const settings = { draws: 10, keys: 3 };
  expect(await run(settings)).toEqual(await run(settings));
  expect(await run(settings)).not.toEqual(await run(settings, 2));
  for (const wrong of [{ draws: 9 }, { keys: 1 }, { keys: 2.5 }])
    expect(() => new SoftmaxScaleExperiment({ random: new Random(1) }, { draws: 10, keys: 3, ...wrong })).toThrow(
      expect.objectContaining({ code: "bad-input" }),
    );
});
