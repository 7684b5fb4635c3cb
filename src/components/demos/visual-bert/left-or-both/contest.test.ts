import { expect, test } from "vitest";
import { whoWasRight } from "./contest.ts";

const blank = { kind: "", text: "[MASK]", answers: "" };
const duel = (gpt: number, bert: number) => ({
  gpt: { blank, best: [], place: gpt },
  bert: { blank, best: [], place: bert },
});
const duels = [duel(0, 0), duel(7, 0), duel(3, 2), duel(40, 9)];

test("every sentence has one of four outcomes", () => {
  expect(whoWasRight(duels, 1)).toEqual({ both: 1, onlyGpt: 0, onlyBert: 1, neither: 2 });
  expect(whoWasRight(duels, 5)).toEqual({ both: 2, onlyGpt: 0, onlyBert: 1, neither: 1 });
});
