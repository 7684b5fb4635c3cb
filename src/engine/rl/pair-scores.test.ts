import { describe, expect, it } from "vitest";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { Random } from "../random.ts";
import { centred } from "../statistics.ts";
import { Tape } from "../tensor/tape.ts";
import { bradleyTerryLoss, type Pair, pairLoss } from "./bradley-terry.ts";
import { bestAccuracy, descend, hasFiniteFit, preference, zermelo } from "./pair-scores.ts";

const beats = (better: number, worse: number, times = 1): Pair[] =>
  Array.from({ length: times }, () => ({ better, worse }));

function fitScores(items: number, comparisons: readonly Pair[], decay = 0, steps = 20_000): number[] {
  let scores = new Array<number>(items).fill(0);
  for (let i = 0; i < steps; i++) scores = descend(scores, comparisons, { rate: 1, decay });
  return scores;
}

const CYCLE = [...beats(0, 1), ...beats(1, 2), ...beats(2, 0)];
const CHAIN = [...beats(0, 1), ...beats(1, 2), ...beats(0, 2)];

describe("the fit", () => {
  it("of two items has the known solution: the odds are the wins", () => {
    const [a = 0, b = 0] = fitScores(2, [...beats(0, 1, 3), ...beats(1, 0, 1)]);
    expect(a - b).toBeCloseTo(Math.log(3), 6);
    expect(preference(a, b)).toBeCloseTo(0.75, 6);
  });

  it("joins pairs that were never compared: odds multiply along a chain", () => {
    const chain = [...beats(0, 1, 3), ...beats(1, 0), ...beats(1, 2, 3), ...beats(2, 1)];
    const [a = 0, , c = 0] = fitScores(3, chain);
    expect(preference(a, c)).toBeCloseTo(0.9, 6);
  });

  it("is what Zermelo's iteration finds, for noisy choices among five items", () => {
    const random = new Random(7);
    const truth = [1.5, 0.5, 0, -0.7, -1.3];
    const choices = Array.from({ length: 80 }, (): Pair => {
      const a = random.uint32() % 5;
      const b = (a + 1 + (random.uint32() % 4)) % 5;
      return random.uniform() < preference(truth[a]!, truth[b]!) ? { better: a, worse: b } : { better: b, worse: a };
    });
    expect(hasFiniteFit(choices)).toBe(true);
    const [ours, theirs] = [centred(fitScores(5, choices)), zermelo(5, choices)];
    for (const [i, score] of ours.entries()) expect(score).toBeCloseTo(theirs[i]!, 5);
    expect(ours[0]).toBeGreaterThan(ours[4]!);
  });

  it("of a cycle leaves all scores equal, at a loss of ln 2", () => {
    const scores = fitScores(3, CYCLE);
    for (const score of scores) expect(score).toBeCloseTo(0, 9);
    expect(pairLoss(scores, CYCLE)).toBeCloseTo(Math.LN2, 9);
  });

  it("of choices without a contradiction never ends, unless the decay holds the scores", () => {
    const [early, late] = [fitScores(3, CHAIN, 0, 1000), fitScores(3, CHAIN, 0, 10_000)];
    expect(late[0]! - late[2]!).toBeGreaterThan(early[0]! - early[2]! + 1);
    const [held, longer] = [fitScores(3, CHAIN, 0.05, 1000), fitScores(3, CHAIN, 0.05, 10_000)];
    expect(longer[0]! - longer[2]!).toBeCloseTo(held[0]! - held[2]!, 6);
  });

  it("has the loss and the gradient of the engine's reward models", async () => {
    const backend = await createCpuBackend();
    const tape = new Tape(backend);
    const before = [0.4, -0.1, 0.2];
    const scores = tape.leaf(tape.constant(Float32Array.from(before), [3]));
    const loss = bradleyTerryLoss(tape, scores, CHAIN);
    tape.backward(loss);
    const [value, gradient] = await backend.read([
      { storage: loss.storage, offset: 0, length: 1 },
      { storage: scores.gradient!, offset: 0, length: 3 },
    ]);
    tape.dispose();
    backend.dispose();
    expect(pairLoss(before, CHAIN)).toBeCloseTo(value![0]!, 5);
    const after = descend(before, CHAIN, { rate: 1, decay: 0 });
    for (const [i, score] of before.entries()) expect(score - after[i]!).toBeCloseTo(gradient![i]!, 5);
  });
});

it("accuracy has a bound where the choices contradict each other", () => {
  expect(bestAccuracy(3, CHAIN)).toBe(1);
  expect(bestAccuracy(3, CYCLE)).toBeCloseTo(2 / 3, 9);
  expect(bestAccuracy(5, [...beats(3, 4, 2), ...beats(4, 3)])).toBeCloseTo(2 / 3, 9);
  expect(bestAccuracy(3, [])).toBeNull();
});

it("finite scores exist where everybody has lost to somebody, along the way", () => {
  expect(hasFiniteFit(CYCLE)).toBe(true);
  expect(hasFiniteFit(CHAIN)).toBe(false);
  // Two groups that never met have no common scale.
  expect(hasFiniteFit([...beats(0, 1), ...beats(1, 0), ...beats(2, 3), ...beats(3, 2)])).toBe(false);
  expect(hasFiniteFit([])).toBe(false);
});
