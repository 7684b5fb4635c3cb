import { expect, it } from "vitest";
import { compared, endsOf } from "./ends.ts";
import type { RecordedRun } from "./runs.ts";

const run = (klWeight: number, seed: number, kl: number, reward: number): RecordedRun => ({
  ...{ klWeight, seed, samples: [], minutes: 1 },
  after: { kl, reward, distinct2: 0.5, length: 20 },
});
const POINTS = [0.5, 0.6, 0.7].map((reward, i) => ({ n: i + 1, reward, kl: i / 2 }));

it("ends are means over the seeds of a β, the tightest leash first", () => {
  const ends = endsOf({ runs: [run(0.1, 1, 2, 0.6), run(0.3, 1, 1, 0.5), run(0.1, 2, 4, 0.8)] });
  expect(ends.map(({ klWeight, runs }) => [klWeight, runs.length])).toEqual([
    [0.3, 1],
    [0.1, 2],
  ]);
  expect(ends[1]?.kl).toBe(3);
  expect(ends[1]?.reward).toBeCloseTo(0.7, 12);
});

it("an end is compared at its KL only as far as the curve goes", () => {
  expect(compared({ kl: 0.75, reward: 0.6 }, POINTS)).toMatchObject({ choosing: expect.closeTo(0.65, 12), n: 2 });
  expect(compared({ kl: 1.5, reward: 0.9 }, POINTS)).toMatchObject({ choosing: null, n: null });
});
