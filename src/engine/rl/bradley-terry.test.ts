import { afterAll, beforeAll, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { Tape } from "../tensor/tape.ts";
import { bradleyTerryLoss, contradictions, type Pair, pairAccuracy, pairLoss, pairsOf } from "./bradley-terry.ts";

let backend: Backend;
beforeAll(async () => {
  backend = await createCpuBackend();
});
afterAll(() => backend.dispose());

const SCORES = [1, -0.5, 0.25];
const PAIRS: Pair[] = [
  { better: 0, worse: 1 },
  { better: 1, worse: 2 },
];

test("loss and gradient, by hand", async () => {
  const tape = new Tape(backend);
  const scores = tape.leaf(tape.constant(Float32Array.from(SCORES), [3]));
  const loss = bradleyTerryLoss(tape, scores, PAIRS);
  tape.backward(loss);
  const spans = [loss.storage, scores.gradient!].map((storage) => ({ storage, offset: 0, length: storage.length }));
  const [value, gradient] = await backend.read(spans);
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
  expect(value![0]).toBeCloseTo(-(Math.log(sigmoid(1.5)) + Math.log(sigmoid(-0.75))) / 2, 6);
  expect(value![0]).toBeCloseTo(pairLoss(SCORES, PAIRS)!, 6);
  // Each pair pulls by σ(r(worse) − r(better)).
  const [first, second] = [sigmoid(-1.5) / 2, sigmoid(0.75) / 2];
  for (const [i, expected] of [-first, first - second, second].entries()) {
    expect(gradient![i]).toBeCloseTo(expected, 6);
  }
  tape.dispose();
});

test("a ranking is all of its pairs, and a pair the other way round contradicts", () => {
  expect(pairsOf([2, 0, 1])).toEqual([
    { better: 2, worse: 0 },
    { better: 2, worse: 1 },
    { better: 0, worse: 1 },
  ]);
  expect(pairsOf([3])).toEqual([]);
  expect(contradictions([...pairsOf([2, 0, 1]), { better: 1, worse: 2 }])).toBe(2);
});

test("accuracy: equal scores count half; nothing is known of no pairs", () => {
  expect(pairAccuracy(SCORES, PAIRS)).toBe(0.5);
  expect(pairAccuracy([0, 0, 0], PAIRS)).toBe(0.5);
  expect(pairAccuracy([3, 2, 1], PAIRS)).toBe(1);
  expect([pairAccuracy(SCORES, []), pairLoss(SCORES, [])]).toEqual([null, null]);
});

test("scores far apart do not overflow", () => {
  expect(pairLoss([1000, -1000], [{ better: 1, worse: 0 }])).toBe(2000);
  expect(pairLoss([1000, -1000], [{ better: 0, worse: 1 }])).toBe(0);
});
