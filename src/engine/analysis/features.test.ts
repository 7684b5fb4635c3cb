import { expect, test } from "vitest";
import { gramMatrix, squaredDistances } from "./gram.ts";
import { nearestOthers, neighbourAgreement } from "./neighbours.ts";
import { choosiestNeurons } from "./neurons.ts";
import { alignedMap } from "./procrustes.ts";

const POINTS = [0, 0, 1, 0, 0, 3, 5, 5, 5, 4, -2, 1];

test("the nearest other point is never the point itself", () => {
  const nearest = nearestOthers(squaredDistances(gramMatrix({ data: Float32Array.from(POINTS), width: 2 })));
  expect(nearest).toEqual([1, 0, 5, 4, 3, 0]);
});

test("neighbours agree on what only those are asked that somebody could agree with", () => {
  const agreement = neighbourAgreement([1, 0, 0, 0], ["a", "a", "b", "a"]);
  expect(agreement).toEqual({ share: 1, chance: 2 / 3, counted: 3 });
  expect(neighbourAgreement([1, 0], ["a", "b"])).toEqual({ share: 0, chance: 0, counted: 0 });
});

test.each([1, -1])("a map that was turned, moved, scaled and mirrored (%i) is laid upon itself again", (mirror) => {
  const angle = 2.1;
  const changed = POINTS.map((_, i) => {
    const [x, y] = [POINTS[i - (i % 2)]!, mirror * POINTS[i - (i % 2) + 1]!];
    return i % 2 === 0
      ? 7 + 3 * (Math.cos(angle) * x - Math.sin(angle) * y)
      : 3 * (Math.sin(angle) * x + Math.cos(angle) * y);
  });
  const [own, aligned] = [alignedMap(POINTS), alignedMap(changed, POINTS)];
  for (const [i, value] of own.entries()) expect(aligned[i]).toBeCloseTo(value, 5);
  expect(own.reduce((sum, value) => sum + value ** 2, 0)).toBeCloseTo(POINTS.length / 2, 5);
});

test("points that all lie in one place stay there", () => {
  expect([...alignedMap([2, 2, 2, 2], [0, 1, 1, 0])]).toEqual([0, 0, 0, 0]);
});

test("a neuron that is excited at one token is choosier than one that hums", () => {
  const rows = [
    [0, 1, 0],
    [0, -1, 0],
    [0, 1, 0],
    [9, -1, 0],
    [0, 1, 0],
    [0, -1, 0],
  ];
  const activations = { shape: [6, 3], data: Float32Array.from(rows.flat()) };
  const [first, second, third] = choosiestNeurons(activations, { contexts: 1, count: 3 });
  expect(first).toMatchObject({ neuron: 0, top: [{ index: 3, value: 9 }] });
  expect(first!.selectivity).toBeCloseTo(7.5 / Math.sqrt(11.25), 5);
  expect(second).toMatchObject({ neuron: 1, selectivity: 1 });
  expect(third).toMatchObject({ neuron: 2, selectivity: 0 });
});
