import { describe, expect, test } from "vitest";
import { Random } from "../random.ts";
import { openAnalysisFixture, pointsOf } from "../testing/analysis.ts";
import { relativeError } from "../testing/relative-error.ts";
import { neighbourProbabilities } from "./affinities.ts";
import { symmetricEigen } from "./eigen.ts";
import { addGrams, gramMatrix, type SymmetricMatrix, squaredDistances } from "./gram.ts";
import { principalComponents } from "./pca.ts";
import { EXAGGERATED_STEPS, Tsne, tsneGradient } from "./t-sne.ts";

const fixture = await openAnalysisFixture();
const points = pointsOf(fixture.points);
const gram = gramMatrix(points);
const distances = squaredDistances(gram);

describe("Gram matrix", () => {
  test("is centred, and holds the distances between the points", () => {
    for (let i = 0; i < gram.size; i++) {
      const row = gram.data.subarray(i * gram.size, (i + 1) * gram.size);
      expect(row.reduce((sum, value) => sum + value)).toBeCloseTo(0, 4);
    }
    const [a, b] = [fixture.points[2]!, fixture.points[9]!];
    const direct = a.reduce((sum, value, k) => sum + (value - b[k]!) ** 2, 0);
    expect(distances.data[2 * gram.size + 9]).toBeCloseTo(direct, 4);
    expect(distances.data[2 * gram.size + 2]).toBeCloseTo(0, 6);
  });

  test("of points side by side is the sum of theirs", () => {
    const twice = { data: Float32Array.from(fixture.points.flatMap((row) => [...row, ...row])), width: 10 };
    expect(relativeError(gramMatrix(twice).data, addGrams([gram, gram]).data)).toBeLessThan(1e-6);
    expect(() => addGrams([gram, { data: new Float64Array(1), size: 1 }])).toThrow("一样多");
  });

  test.each([
    [[1, 2, 3], 2, "对不上"],
    [[], 2, "对不上"],
    [[1, Number.NaN], 2, "不是有限的数"],
    [[1, Number.POSITIVE_INFINITY], 1, "不是有限的数"],
  ])("refuses %j in %d dimensions", (data, width, sentence) => {
    expect(() => gramMatrix({ data: Float32Array.from(data), width })).toThrow(sentence);
  });
});

describe("eigenvalues", () => {
  test("of a matrix that is known", () => {
    const { values, vectors } = symmetricEigen({ data: Float64Array.of(2, 1, 1, 2), size: 2 });
    expect([...values]).toEqual([expect.closeTo(3, 12), expect.closeTo(1, 12)]);
    expect(vectors[0]![0]).toBeCloseTo(vectors[0]![1]!, 12);
  });

  test("and vectors make the matrix again", () => {
    const random = new Random(3);
    const size = 40;
    const data = new Float64Array(size * size);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j <= i; j++) data[i * size + j] = data[j * size + i] = random.normal();
    }
    const { values, vectors } = symmetricEigen({ data, size });
    const again = data.map((_, at) => {
      const [i, j] = [Math.floor(at / size), at % size];
      return vectors.reduce((sum, vector, k) => sum + values[k]! * vector[i]! * vector[j]!, 0);
    });
    expect(relativeError(again, data)).toBeLessThan(1e-10);
    expect([...values]).toEqual([...values].sort((a, b) => b - a));
  });
});

describe("principal components", () => {
  test("are those of scikit-learn, up to the sign", () => {
    const { positions, explained } = principalComponents(gram, 2);
    const expected = fixture.pca.positions.flat();
    for (const component of [0, 1]) {
      const own = [...positions].filter((_, i) => i % 2 === component);
      const theirs = expected.filter((_, i) => i % 2 === component);
      const sign = Math.sign(own[0]! * theirs[0]!);
      expect(
        relativeError(
          own.map((value) => sign * value),
          theirs,
        ),
      ).toBeLessThan(1e-5);
      expect(Math.max(...own)).toBe(Math.max(...own.map(Math.abs)));
    }
    expect(relativeError(explained.slice(0, 5), fixture.pca.explained)).toBeLessThan(1e-5);
    expect(Math.max(...explained.slice(5))).toBeLessThan(1e-12);
  });

  test("of points that do not differ lie at one place and explain nothing", () => {
    const { positions, explained } = principalComponents(
      gramMatrix({ data: new Float32Array(12).fill(2), width: 4 }),
      2,
    );
    expect([...positions, ...explained]).toEqual(new Array(9).fill(0));
  });
});

describe("t-SNE", () => {
  const near = neighbourProbabilities(distances, fixture.tsne.perplexity);

  test("chooses neighbours as scikit-learn does", () => {
    const joint = fixture.tsne.joint.flat();
    const own = near.data.map((p, at) => (at % (near.size + 1) === 0 ? 0 : p));
    expect(relativeError(own, joint)).toBeLessThan(1e-3);
    expect(own.reduce((sum, p) => sum + p)).toBeCloseTo(1, 9);
  });

  test("has divergence and gradient of scikit-learn", () => {
    const exact: SymmetricMatrix = { data: Float64Array.from(fixture.tsne.joint.flat()), size: near.size };
    const { gradient, divergence } = tsneGradient(exact, Float64Array.from(fixture.tsne.positions.flat()));
    expect(divergence).toBeCloseTo(fixture.tsne.divergence, 6);
    expect(relativeError(gradient, fixture.tsne.gradient.flat())).toBeLessThan(1e-6);
  });

  test("the gradient is the slope of the divergence", () => {
    const positions = Float64Array.from(fixture.tsne.positions.flat());
    const { gradient } = tsneGradient(near, positions);
    for (const i of [0, 7, 20]) {
      const at = (shift: number) => tsneGradient(near, positions.with(i, positions[i]! + shift)).divergence;
      expect((at(1e-5) - at(-1e-5)) / 2e-5).toBeCloseTo(gradient[i]!, 6);
    }
  });

  test("finds groups that are there, and goes the same way from the same seed", () => {
    const run = (seed: number) => {
      const map = new Tsne(distances, 5, new Random(seed));
      let divergence = Number.NaN;
      for (let step = 0; step < EXAGGERATED_STEPS + 300; step++) ({ divergence } = map.step());
      return { positions: [...map.positions], divergence };
    };
    const [one, same, other] = [run(1), run(1), run(2)];
    expect(same).toEqual(one);
    expect(other.positions).not.toEqual(one.positions);
    expect(one.divergence).toBeLessThan(0.6);
    const nearest = (i: number): number => {
      const to = (j: number) =>
        j === i
          ? Number.POSITIVE_INFINITY
          : Math.hypot(
              one.positions[2 * i]! - one.positions[2 * j]!,
              one.positions[2 * i + 1]! - one.positions[2 * j + 1]!,
            );
      return fixture.labels.map((_, j) => j).reduce((least, j) => (to(j) < to(least) ? j : least));
    };
    const kept = fixture.labels.filter((label, i) => fixture.labels[nearest(i)] === label);
    expect(kept.length).toBeGreaterThanOrEqual(15);
  });

  test("points that do not differ, or lie very far apart, give finite numbers", () => {
    for (const spread of [0, 1e12]) {
      const data = Float32Array.from({ length: 24 }, (_, i) => spread * Math.floor(i / 2));
      const map = new Tsne(squaredDistances(gramMatrix({ data, width: 2 })), 3, new Random(1));
      for (let step = 0; step < 20; step++) map.step();
      expect([...map.positions].every(Number.isFinite)).toBe(true);
    }
  });

  test.each([0.5, 17, 30, Number.NaN])("refuses a perplexity of %d for 18 points", (perplexity) => {
    expect(() => neighbourProbabilities(distances, perplexity)).toThrow("要在 1 到 16 之间");
  });
});
