import { expect, test } from "vitest";
import { gramMatrix } from "../analysis/gram.ts";
import { leadingComponents } from "../analysis/leading.ts";
import { principalComponents } from "../analysis/pca.ts";
import { Random } from "../random.ts";
import { openAnalysisFixture, pointsOf } from "../testing/analysis.ts";
import { DepthMapsExperiment, type DepthMapsSettings } from "./depth-maps.ts";

const { points: rows, pca } = await openAnalysisFixture();
const points = pointsOf(rows);

/** The fixture's points, and the same turned by a right angle in the first two dimensions, which changes no distance. */
const turned = Float32Array.from(rows.flatMap(([a = 0, b = 0, ...rest]) => [-b, a, ...rest]));
const settings: DepthMapsSettings = {
  ...{ depths: [points.data, turned], width: points.width, method: "pca", perplexity: 4, steps: 300 },
};

async function run(changes: Partial<DepthMapsSettings> = {}, seed = 1) {
  const experiment = new DepthMapsExperiment({ random: new Random(seed) }, { ...settings, ...changes });
  const records = await Array.fromAsync(experiment.run());
  return { records, maps: [await experiment.ask(0), await experiment.ask(1)] };
}

test("the first components are those of scikit-learn, and of all components together", () => {
  const { positions, explained } = leadingComponents(gramMatrix(points), 2);
  for (const axis of [0, 1]) {
    expect(explained[axis]).toBeCloseTo(pca.explained[axis]!, 5);
    const sign = Math.sign(positions[axis]! * pca.positions[0]![axis]!);
    for (const [i, place] of pca.positions.entries())
      expect(sign * positions[2 * i + axis]!).toBeCloseTo(place[axis]!, 4);
  }
  const all = principalComponents(gramMatrix(points), 2);
  for (const [i, value] of all.positions.entries()) expect(positions[i]).toBeCloseTo(value, 6);
});

test("points that do not differ have no components, two have one", () => {
  const same = leadingComponents(gramMatrix({ data: new Float32Array(12).fill(3), width: 3 }), 2);
  expect(same).toEqual({ positions: new Float64Array(8), explained: [0, 0] });
  const two = leadingComponents(gramMatrix({ data: Float32Array.of(0, 0, 0, 4), width: 2 }), 2);
  expect(two.explained[0]).toBeCloseTo(1, 9);
  expect(two.explained[1]).toBeCloseTo(0, 9);
});

test("the same points at two depths lie in the same places, whatever way they were turned", async () => {
  const { records, maps } = await run();
  expect(records.map(({ depth }) => depth)).toEqual([1, 2]);
  expect(records[0]!.explainedX).toBeCloseTo(pca.explained[0]!, 5);
  expect(maps[0]!.nearest).toEqual(maps[1]!.nearest);
  for (const [i, value] of maps[0]!.positions.entries()) expect(maps[1]!.positions[i]).toBeCloseTo(value, 4);
});

test("t-SNE draws the same from the same seed, and says how well it did", async () => {
  const [one, same, other] = [
    await run({ method: "t-sne" }),
    await run({ method: "t-sne" }),
    await run({ method: "t-sne" }, 2),
  ];
  expect(one.maps).toEqual(same.maps);
  expect(one.maps[0]!.positions).not.toEqual(other.maps[0]!.positions);
  expect(one.records[0]!.divergence).toBeGreaterThan(0);
  expect(one.records[0]!.explainedX).toBeNull();
});

test("what cannot be drawn is refused", async () => {
  const start = (changes: Partial<DepthMapsSettings>) =>
    new DepthMapsExperiment({ random: new Random(1) }, { ...settings, ...changes });
  expect(() => start({ depths: [] })).toThrow(expect.objectContaining({ code: "bad-input" }));
  expect(() => start({ depths: [points.data, turned.subarray(5)] })).toThrow(
    expect.objectContaining({ detail: "各层的点要一样多" }),
  );
  expect(() => start({ perplexity: Number.NaN })).toThrow(expect.objectContaining({ code: "bad-input" }));
  await expect(start({}).ask(0)).rejects.toThrow(expect.objectContaining({ code: "bad-input" }));
});
