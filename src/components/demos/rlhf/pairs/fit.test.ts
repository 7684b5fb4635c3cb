import { expect, it } from "vitest";
import { EXAMPLES, writeComparisons } from "./answers.ts";
import { fields } from "./fields.ts";
import { descended, drawn, MAX_STEPS, unfitted } from "./fit.ts";

const consistent = { choices: writeComparisons(EXAMPLES.consistent.choices), decay: 0.02 };
const cycle = { ...consistent, choices: writeComparisons(EXAMPLES.cycle.choices) };

it("goes step by step as in one go, and no further than the end", () => {
  const whole = descended(unfitted(consistent.choices), consistent, 1e6);
  expect(whole.history.map(({ step }) => step)).toEqual(Array.from({ length: MAX_STEPS }, (_, i) => i + 1));
  let fit = unfitted(consistent.choices);
  for (let i = 0; i < 3; i++) fit = descended(fit, consistent, 200);
  for (const [i, score] of fit.scores.entries()) expect(score).toBeCloseTo(whole.scores[i]!, 9);
  // 乙 wins all, 丁 none.
  expect(Math.max(...whole.scores)).toBe(whole.scores[1]);
  expect(Math.min(...whole.scores)).toBe(whole.scores[3]);
});

it("other choices are fitted from where the scores are, with steps of their own", () => {
  const before = descended(unfitted(consistent.choices), consistent, 100);
  const after = descended(before, cycle, 1);
  expect(after.history).toHaveLength(1);
  expect(after.scores[1]).toBeGreaterThan(1);
});

it("a curve keeps its first steps, its shape and its end", () => {
  const { history } = descended(unfitted(consistent.choices), consistent, 57);
  expect(drawn(history).map(({ step }) => step)).toEqual([
    ...Array.from({ length: 20 }, (_, i) => i + 1),
    30,
    40,
    50,
    57,
  ]);
});

it("nonsense in a link is no choice, and no choice at all is one, too", () => {
  expect(fields.choices.decode("00x9912👍")).toBe("12");
  expect(fields.choices.decode("")).toBe("");
});
