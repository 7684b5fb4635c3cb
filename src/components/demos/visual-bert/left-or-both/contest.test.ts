import { expect, test } from "vitest";
import { runningShares, whoWasRight } from "./contest.ts";

const blank = { kind: "", text: "[MASK]", answers: "" };
const duel = (gpt: number, bert: number) => ({
  gpt: { blank, best: [], place: gpt },
  bert: { blank, best: [], place: bert },
});
const duels = [duel(0, 0), duel(7, 0), duel(3, 2), duel(40, 9)];

test("shares grow sentence by sentence, and their intervals narrow", () => {
  const running = runningShares(duels, "bert", 1);
  expect(running.map(({ count, right, value }) => [count, right, value])).toEqual([
    [1, 1, 1],
    [2, 2, 1],
    [3, 2, 2 / 3],
    [4, 2, 0.5],
  ]);
  expect(running[3]!.high - running[3]!.low).toBeLessThan(running[0]!.high - running[0]!.low);
  expect(runningShares(duels, "gpt", 5).at(-1)?.right).toBe(2);
  expect(runningShares([], "gpt", 5)).toEqual([]);
});

test("every sentence has one of four outcomes", () => {
  expect(whoWasRight(duels, 1)).toEqual({ both: 1, onlyGpt: 0, onlyBert: 1, neither: 2 });
  expect(whoWasRight(duels, 5)).toEqual({ both: 2, onlyGpt: 0, onlyBert: 1, neither: 1 });
});
