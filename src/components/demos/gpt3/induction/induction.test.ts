import { expect, test } from "vitest";
import type { InductionMetrics } from "../../../../engine/experiments/induction.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { fields, filmsOf, plotsOf, receivedFilms, type Still, sentFilms, tableOf, tokenName } from "./induction.ts";

const IDS = [5, 9, 7, 5, 9, 7];

/** A head that looks with all its weight to the given place of each token. */
function looking(...places: readonly number[]): Float32Array {
  const weights = new Float32Array(places.length ** 2);
  for (const [from, to] of places.entries()) weights[from * places.length + to] = 1;
  return weights;
}

const SELF = looking(0, 1, 2, 3, 4, 5);
const PREVIOUS = looking(0, 0, 1, 2, 3, 4);
/** What came after the same token before, where there is such a thing. */
const INDUCTION = looking(0, 0, 0, 1, 2, 3);

function still(step: number, ...layers: readonly (readonly Float32Array[])[]): Still {
  const patterns = layers.map((heads) => ({
    shape: [heads.length, IDS.length, IDS.length],
    data: Float32Array.from(heads.flatMap((head) => [...head])),
  }));
  return { step, answer: { kind: "patterns", ids: IDS, patterns } };
}

test("the film follows the heads that in the end do it, from the beginning on", () => {
  const begun = still(0, [SELF, SELF], [SELF, SELF]);
  const { ids, steps, films } = filmsOf([begun, still(25, [SELF, PREVIOUS], [INDUCTION, SELF])]);
  expect({ ids, steps }).toEqual({ ids: IDS, steps: [0, 25] });
  expect(films.map(({ role, place }) => [role, place])).toEqual([
    ["previous", { layer: 0, head: 1 }],
    ["induction", { layer: 1, head: 0 }],
  ]);
  expect(films.map(({ shares }) => shares)).toEqual([
    [0, 1],
    [0, 1],
  ]);
  expect(films[1]!.frames).toEqual([SELF, INDUCTION]);
});

test("a film that was sent is the same, to one step of 255", () => {
  const soft = INDUCTION.map((weight) => 0.7 * weight + 0.05);
  const films = filmsOf([still(0, [PREVIOUS], [soft])]);
  const [
    ,
    {
      frames: [received],
    } = { frames: [] },
  ] = receivedFilms(sentFilms(films)).films;
  for (const [i, weight] of soft.entries()) expect(received![i]).toBeCloseTo(weight, 2);
});

test("the plots have a line for each head, the table a row for each measurement", () => {
  const record = { step: 0, lossNew: 4, lossRepeated: 3, contextScore: -1, loss: null } as InductionMetrics;
  const heads = { prefix0: 0.1, prefix1: 0.2, prefix2: 0.3, prefix3: 0.4, prefix: 0.4 };
  const runs = ["两层", "一层"].map((name) => ({ name, records: [{ ...record, ...heads }] }));
  const series = plotsOf(runs).map((plot) => plot.series.map(({ name }) => name));
  expect(series).toEqual([
    ["两层，重复部分", "一层，重复部分", "两层，新的部分"],
    ["两层", "一层"],
    ["1·1", "1·2", "2·1", "2·2"],
  ]);
  expect(tableOf(runs).rows.map(([name]) => name)).toEqual(["两层", "一层"]);
});

test("every token that can be set has a character of its own", () => {
  const names = Array.from({ length: fields.vocabulary.max }, (_, id) => tokenName(id));
  expect(new Set(names).size).toBe(names.length);
  expect(names.every((name) => /^\p{Script=Han}$/u.test(name))).toBe(true);
  expect(initial(fields).vocabulary).toBeLessThanOrEqual(names.length);
});
