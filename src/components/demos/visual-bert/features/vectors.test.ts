import { describe, expect, test } from "vitest";
import { gramMatrix } from "../../../../engine/analysis/gram.ts";
import { fields, sourceOf, writtenSource } from "./fields.ts";
import { allRepresentations, allSources, joinParts, partsOf, poolReading, type SentenceVectors } from "./vectors.ts";

const layer = (...rows: readonly number[][]) => ({ shape: [rows.length, 2], data: Float32Array.from(rows.flat()) });
const SPECIAL = new Set([2, 3]);

/** A sentence whose layer l has the vectors [l, a] and [l, b]. */
const sentence = (a: number, b: number, characters: readonly number[]): SentenceVectors => {
  const layers = [0, 1, 2, 3, 4];
  return {
    cls: layers.map((l) => Float32Array.of(l, a)),
    mean: layers.map((l) => Float32Array.of(l, b)),
    characters,
  };
};
const sentences = [sentence(1, 5, [7, 8, 7]), sentence(2, 6, [8]), sentence(3, 7, [])];

describe("pooling", () => {
  test("takes [CLS], and the mean of the characters alone", () => {
    const traces = new Map([
      ["full_embed", layer([1, 2], [3, 4], [5, 8], [9, 9])],
      ["blocks.0.normalized_resid_post", layer([0, 1], [2, 2], [4, 6], [7, 7])],
    ]);
    const { cls, mean, characters } = poolReading({ traces }, [2, 10, 11, 3], SPECIAL);
    expect(cls.map((vector) => [...vector])).toEqual([
      [1, 2],
      [0, 1],
    ]);
    expect(mean.map((vector) => [...vector])).toEqual([
      [4, 6],
      [3, 4],
    ]);
    expect(characters).toEqual([10, 11]);
  });

  test("of a sentence without characters is that of [CLS]", () => {
    const traces = new Map([["full_embed", layer([1, 2], [9, 9])]]);
    const { mean, characters } = poolReading({ traces }, [2, 3], SPECIAL);
    expect([...mean[0]!]).toEqual([1, 2]);
    expect(characters).toEqual([]);
  });
});

describe("representations", () => {
  test("of one layer, of the last four added up, and side by side", () => {
    expect(partsOf(sentences, 2, "cls")).toEqual([{ width: 2, data: Float32Array.of(2, 1, 2, 2, 2, 3) }]);
    expect(partsOf(sentences, "sum", "mean")).toEqual([{ width: 2, data: Float32Array.of(10, 20, 10, 24, 10, 28) }]);
    const joined = joinParts(partsOf(sentences, "concat", "cls"));
    expect(joined.width).toBe(8);
    expect([...joined.data.subarray(8, 16)]).toEqual([1, 2, 2, 2, 3, 2, 4, 2]);
  });

  test("a bag of characters counts them, and has length 1", () => {
    const [bags] = partsOf(sentences, "bag", "mean");
    expect(bags!.width).toBe(2);
    const root = Math.sqrt(5);
    for (const [i, value] of [2 / root, 1 / root, 0, 1, 0, 0].entries()) expect(bags!.data[i]).toBeCloseTo(value, 6);
    expect(() => gramMatrix(bags!)).not.toThrow();
  });

  test("are compared once each, with layers shared where they occur twice", () => {
    const all = allRepresentations(sentences, 4);
    const names = all.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toHaveLength(2 * allSources(4).length - 1);
    expect(names.slice(0, 2)).toEqual(["bag", "mean 0"]);
    const of = (name: string) => all.find((representation) => representation.name === name)!.parts;
    expect(of("cls concat")[3]).toBe(of("cls 4")[0]);
  });

  test("all sources have a name in the address, and back", () => {
    for (const source of allSources(6)) expect(sourceOf(writtenSource(source)!)).toBe(source);
    expect(writtenSource(7)).toBeUndefined();
    expect(fields.source.decode("nonsense")).toBeUndefined();
  });
});
