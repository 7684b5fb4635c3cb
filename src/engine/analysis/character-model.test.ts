import { expect, test } from "vitest";
import { SETS } from "../../components/demos/visual-bert/fine-tune/sets/sets.ts";
import { splitTask } from "../../components/demos/visual-bert/fine-tune/split.ts";
import { CharacterModel } from "./character-model.ts";

const TRAINING = [
  { text: "糖很甜", label: 0 },
  { text: "蜜也甜", label: 0 },
  { text: "药很苦", label: 1 },
  { text: "瓜也苦", label: 1 },
];

test("learns which characters speak for which class, and knows nothing of those that it was not shown", () => {
  const model = new CharacterModel(TRAINING, 2);
  const [sweet, bitter, unknown, neutral] = model.probabilities(["真甜", "真苦", "鱼", "很也"]);
  expect(sweet![0]).toBeGreaterThan(0.6);
  expect(bitter![1]).toBeGreaterThan(0.6);
  for (const row of [unknown!, neutral!]) expect(row[0]).toBeCloseTo(0.5, 2);
  expect(model.accuracy(TRAINING)).toBe(1);
});

test("sees no order: only how often each character occurs", () => {
  const model = new CharacterModel(TRAINING, 2);
  const [one, turned, doubled] = model.probabilities(["药很苦", "苦很药", "药很苦苦"]);
  expect(turned).toEqual(one);
  expect(doubled![1]).toBeGreaterThan(one![1]!);
});

test.each([["topics", 4] as const, ["feelings", 2] as const])("does better than chance on %s", (name, classes) => {
  const accuracies = [1, 2, 3, 4, 5].map((seed) => {
    const { training, validation } = splitTask(SETS[name], 48, seed);
    return new CharacterModel(training, classes).accuracy(validation);
  });
  expect(accuracies.reduce((sum, value) => sum + value) / 5).toBeGreaterThan(1 / classes + 0.05);
});
