import { expect, it } from "vitest";
import { type Pair, pairAccuracy } from "../../../../engine/rl/bradley-terry.ts";
import { bestAccuracy, descend } from "../../../../engine/rl/pair-scores.ts";
import { EXAMPLES } from "./answers.ts";
import { judge } from "./sentences.ts";

function judged(comparisons: readonly Pair[], decay = 0.02, steps = 600): string {
  let scores: readonly number[] = [0, 0, 0, 0, 0];
  for (let i = 0; i < steps; i++) scores = descend(scores, comparisons, { rate: 0.5, decay });
  const accuracy = pairAccuracy(scores, comparisons);
  return judge({ scores, steps, accuracy, bound: bestAccuracy(5, comparisons) }, comparisons, decay);
}

it("says first what to do", () => {
  expect(judged([])).toContain("还没有比较");
  expect(judged(EXAMPLES.cycle.choices, 0.02, 0)).toContain("有 3 次比较");
});

it("names a contradiction and its bound", () => {
  expect(judged(EXAMPLES.cycle.choices)).toMatch(/最多对 66\.7%.*分不出好坏/);
  expect(judged(EXAMPLES.noisy.choices)).toContain("互相矛盾");
});

it("says that scores have no end where nothing holds them", () => {
  expect(judged(EXAMPLES.consistent.choices, 0)).toContain("没有尽头");
  expect(judged(EXAMPLES.consistent.choices)).toMatch(/准确率 100%。它认为乙胜丁/);
});

it("measures how far length explains the scores, once all were compared", () => {
  const bias = /相关系数是 (−?[\d.]+)/;
  expect(Number(bias.exec(judged(EXAMPLES.longest.choices))?.[1])).toBeGreaterThan(0.9);
  expect(judged(EXAMPLES.cycle.choices)).not.toMatch(bias);
});
