import { describe, expect, test } from "vitest";
import { Random } from "../random.ts";
import { openAnalysisFixture, pointsOf } from "../testing/analysis.ts";
import { relativeError } from "../testing/relative-error.ts";
import { ProjectionExperiment, type ProjectionSettings } from "./projection.ts";

const fixture = await openAnalysisFixture();
const SETTINGS: ProjectionSettings = { points: pointsOf(fixture.points), method: "t-sne", perplexity: 5, steps: 25 };

const create = (settings: Partial<ProjectionSettings> = {}, seed = 1) =>
  new ProjectionExperiment({ random: new Random(seed) }, { ...SETTINGS, ...settings });

async function finish(settings: Partial<ProjectionSettings> = {}, seed = 1) {
  const experiment = create(settings, seed);
  const records = [];
  for await (const record of experiment.run()) records.push(record);
  return { records, positions: await experiment.ask() };
}

describe("projection", () => {
  test("PCA is one step, with the variance that it keeps", async () => {
    const { records, positions } = await finish({ method: "pca" });
    const [x, y] = fixture.pca.explained;
    expect(records).toEqual([
      {
        step: 1,
        explainedX: expect.closeTo(x!, 5),
        explainedY: expect.closeTo(y!, 5),
        divergence: null,
        gradientNorm: null,
      },
    ]);
    const lengths = (numbers: ArrayLike<number>) => Array.from(numbers, (value) => value * value);
    expect(relativeError(lengths(positions), lengths(fixture.pca.positions.flat()))).toBeLessThan(1e-5);
  });

  test("t-SNE reports every ten steps and the last, and the same seed gives the same map", async () => {
    const [one, same, other] = [await finish(), await finish(), await finish({}, 2)];
    expect(one.records.map(({ step }) => step)).toEqual([10, 20, 25]);
    expect(one.records.every(({ divergence }) => Number.isFinite(divergence))).toBe(true);
    expect(same).toEqual(one);
    expect(other.positions).not.toEqual(one.positions);
  });

  test("answers where the points are now", async () => {
    const experiment = create();
    const run = experiment.run();
    await run.next();
    const first = await experiment.ask();
    await run.next();
    expect(await experiment.ask()).not.toEqual(first);
    await run.return();
  });

  test.each<[Partial<ProjectionSettings>, string]>([
    [{ perplexity: Number.NaN }, "困惑度"],
    [{ steps: 0.5 }, "步数"],
    [{ points: { data: new Float32Array(4), width: 2 } }, "有 2 个点"],
    [{ points: { data: new Float32Array(7), width: 2 } }, "对不上"],
    [{ points: { data: new Float32Array(8).fill(Number.NaN), width: 2 } }, "不是有限的数"],
  ])("refuses %j", (settings, sentence) => {
    expect(() => create(settings)).toThrow(sentence);
  });

  test("refuses more neighbours than there are", async () => {
    await expect(finish({ perplexity: 20 })).rejects.toThrow("要在 1 到 16 之间");
  });
});
