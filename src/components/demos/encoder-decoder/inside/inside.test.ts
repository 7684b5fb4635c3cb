import { expect, test } from "vitest";
import { initial } from "../../../kit/state/hash-state.ts";
import { sourceProblem, stateFields, whatIfFields } from "../fields.ts";
import { isRight, splitAt, type Written } from "./look.ts";
import { changeOf, differences, rowWith, tableOf, tellWhatIf, type WhatIf } from "./what-if.ts";

const written = (text: string, ended = true): Written => ({
  characters: [...text],
  probabilities: [...text].map(() => 0.9).concat(ended ? [0.8] : []),
  ended,
  pattern: {
    shape: [text.length + 1, 2],
    data: Float32Array.from({ length: 2 * (text.length + 1) }, (_, i) => (i % 2 ? 0.25 : 0.75)),
  },
});

const whatIf = (own: string, changed: string): WhatIf => ({
  looked: { architecture: "lstm-attention", steps: 10, digits: 4 },
  source: "25",
  own: written(own),
  changed: written(changed),
  cell: { row: 0, column: 1 },
  word: "",
});

test("a row with one cell alone, or without one, still adds up to one", () => {
  const row = Float32Array.of(0.5, 0.25, 0.25);
  expect([...rowWith(row, 2, "only")]).toEqual([0, 0, 1]);
  expect([...rowWith(row, 0, "without")]).toEqual([0, 0.5, 0.5]);
  expect([...rowWith(Float32Array.of(1, 0, 0), 0, "without")]).toEqual([0, 0.5, 0.5]);
});

test("what is set is a row of the model's own, or a character, and nothing where nothing is asked", () => {
  const own = written("二十五");
  const asked = { row: 2, column: 1, act: "without", word: "" } as const;
  expect([...changeOf(own, asked).attention!]).toEqual([[1, Float32Array.of(0, 1)]]);
  expect(changeOf(own, { ...asked, act: "none", word: "三" })).toEqual({
    attention: new Map(),
    forced: new Map([[1, "三"]]),
  });
  // A longer text may have been there before: the last row is meant then.
  expect([...changeOf(own, { ...asked, row: 30, column: 12, act: "only" }).attention!]).toEqual([
    [3, Float32Array.of(0, 1)],
  ]);
});

test("it is said what came of it, and whether more followed", () => {
  expect(tellWhatIf(whatIf("二十五", "三十五"))).toMatch(/第 1 步从「二」变成「三」，后面的没有跟着变/);
  expect(tellWhatIf(whatIf("二十五", "三百"))).toMatch(/第 1 步.*后面还有 3 处跟着变/);
  expect(tellWhatIf(whatIf("二十五", "二十五"))).toMatch(/一个字也没有变；第 1 步的「二」，概率从 90/);
  expect(tellWhatIf({ ...whatIf("二十五", "二十五"), cell: undefined })).toMatch(/没有改什么/);
  expect(differences(whatIf("二十五", "二十"))).toEqual([2, 3]);
  expect(tableOf(whatIf("二十五", "二十")).rows).toHaveLength(4);
});

test("only what the models have read is let through, and what is right is known of numbers and dates", () => {
  expect(sourceProblem("")).toMatch(/先写/);
  expect(sourceProblem("12三")).toMatch(/没有见过「三」/);
  expect(sourceProblem("2026-11-30")).toBeUndefined();
  expect(isRight("25", written("二十五"))).toBe(true);
  expect(isRight("25", written("二十五", false))).toBe(false);
  expect(isRight("2-5", written("二十五"))).toBeUndefined();
  expect(whatIfFields.word.validate?.("x")).toMatch(/不是读数用的字/);
  for (const fields of [stateFields, whatIfFields]) expect(sourceProblem(initial(fields).source)).toBeUndefined();
});

test("a neighbour is cut where it was read to", () => {
  const neighbour = { source: "305", target: "三百零五", place: 1, similarity: 1 };
  expect(splitAt(neighbour, "encoder")).toEqual(["30", "5"]);
  expect(splitAt(neighbour, "decoder")).toEqual(["三", "百零五"]);
});
