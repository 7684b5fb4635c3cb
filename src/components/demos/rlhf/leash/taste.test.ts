import { expect, it } from "vitest";
import { rewardsOf, tasteProblem } from "./taste.ts";

const VOCABULARY = ["[END]", "，", "月", "花", "愁", "春"];

it("likes, dislikes, and does not care for the rest; who is both liked and disliked is liked", () => {
  expect([...rewardsOf(VOCABULARY, { liked: "月 花月", disliked: "愁花" })]).toEqual([0, 0, 1, 1, -1, 0]);
  expect([...rewardsOf(VOCABULARY, { liked: "", disliked: "" })]).toEqual([0, 0, 0, 0, 0, 0]);
});

it("says which characters the model cannot write", () => {
  const known = new Set(VOCABULARY);
  expect(tasteProblem("月花", known)).toBeUndefined();
  expect(tasteProblem("", known)).toBeUndefined();
  expect(tasteProblem("月龘👍🏽", known)).toContain("「龘」「👍🏽」");
  // Before the model is there, only what no poem contains is known to be wrong.
  expect(tasteProblem("龘")).toBeUndefined();
  expect(tasteProblem("moon")).toContain("「m」「o」「n」");
});
