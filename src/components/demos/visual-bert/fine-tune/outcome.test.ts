import { describe, expect, test } from "vitest";
import { CharacterModel } from "../../../../engine/analysis/character-model.ts";
import { constantAccuracy, disagreements, seriesOf, tableOf } from "./outcome.ts";

const verdict = (...after: number[]) => ({
  before: Float32Array.of(0.5, 0.5),
  after: Float32Array.from(after),
  truncated: false,
  unknown: [],
});
const validation = [
  { text: "真甜", label: 0 },
  { text: "真苦", label: 1 },
  { text: "苦瓜糖", label: 0 },
  { text: "蜜糖药", label: 1 },
];
const linear = new CharacterModel(
  [
    { text: "糖甜蜜", label: 0 },
    { text: "药苦瓜", label: 1 },
  ],
  2,
);

describe("what came of a run", () => {
  test("where the two models part", () => {
    const verdicts = [verdict(0.9, 0.1), verdict(0.8, 0.2), verdict(0.7, 0.3), verdict(0.6, 0.4)];
    const { onlyTuned, onlyCharacters, neither } = disagreements({ validation }, verdicts, linear);
    expect(onlyTuned.map(({ text }) => text)).toEqual(["苦瓜糖"]);
    expect(onlyCharacters).toEqual([{ text: "真苦", label: 1, tuned: 0, characters: 1 }]);
    expect(neither.map(({ text }) => text)).toEqual(["蜜糖药"]);
  });

  test("what always saying the same gets right", () => {
    expect(constantAccuracy({ classes: ["甜", "苦"], validation: [...validation, validation[0]!] })).toBe(3 / 5);
  });

  test("a curve has a point for every step, and none where nothing was measured", () => {
    const unmeasured = { trainingLoss: null, trainingAccuracy: null, validationLoss: null, validationAccuracy: null };
    const step = { step: 1, epoch: 0.5, loss: 0.7, gradientNorm: 1, learningRate: 0.1, ...unmeasured };
    const records = [step, { ...step, step: 2, epoch: 1, validationLoss: 0.6 }];
    expect(seriesOf("验证", records, "validationLoss").points).toEqual([
      [0.5, null],
      [1, 0.6],
    ]);
    const { columns, rows } = tableOf(records);
    expect(rows.map((row) => row[columns.indexOf("验证损失")])).toEqual(["", 0.6]);
  });
});
