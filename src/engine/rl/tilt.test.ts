import { describe, expect, it } from "vitest";
import { Random } from "../random.ts";
import { bestOfNKl } from "./best-of-n.ts";
import { bestOfNTradeOff, drawsFor, expectation, frontier, klDivergence, levelsOf, tilt } from "./tilt.ts";

const REFERENCE = [0.5, 0.3, 0.15, 0.05];
const LOGS = REFERENCE.map(Math.log);
const REWARDS = [0, 1, -1, 1];

function randomDistribution(size: number, seed: number): number[] {
  const random = new Random(seed);
  const weights = Array.from({ length: size }, () => Math.exp(2 * random.normal()));
  const sum = weights.reduce((a, b) => a + b);
  return weights.map((weight) => weight / sum);
}

/** The policy of best-of-n written out: a level has F(v)ⁿ − F(<v)ⁿ, and its tokens keep the proportions of the model. */
function bestOfNPolicy(logs: readonly number[], rewards: readonly number[], n: number): Float64Array {
  const policy = new Float64Array(logs.length);
  for (const { tokens, mass, below } of levelsOf(logs, rewards)) {
    for (const token of tokens) policy[token] = (((below + mass) ** n - below ** n) * Math.exp(logs[token]!)) / mass;
  }
  return policy;
}

describe("tilt", () => {
  it("by hand: weights 0.5, 0.3e, 0.15/e, 0.05e at β = 1", () => {
    const weights = [0.5, 0.3 * Math.E, 0.15 / Math.E, 0.05 * Math.E];
    const sum = weights.reduce((a, b) => a + b);
    const policy = tilt(LOGS, REWARDS, 1);
    for (const [i, weight] of weights.entries()) expect(policy[i]).toBeCloseTo(weight / sum, 12);
  });

  it("is the reference without a reward, and the best tokens alone without a leash", () => {
    expect([...tilt(LOGS, REWARDS, Number.POSITIVE_INFINITY)].map((p) => p.toFixed(9))).toEqual(
      REFERENCE.map((p) => p.toFixed(9)),
    );
    const free = tilt(LOGS, REWARDS, 0.001);
    expect(free[1]).toBeCloseTo(0.3 / 0.35, 9);
    expect(free[0]! + free[2]!).toBeCloseTo(0, 9);
  });

  it("maximises E[r] − β KL: every other policy that is tried has less", () => {
    const beta = 0.4;
    const score = (policy: Float64Array) => expectation(policy, REWARDS) - beta * klDivergence(policy, LOGS);
    const best = score(tilt(LOGS, REWARDS, beta));
    for (let seed = 1; seed <= 200; seed++) {
      expect(score(Float64Array.from(randomDistribution(4, seed)))).toBeLessThan(best);
    }
    // Its value is the soft maximum β ln Σ π_ref exp(r/β).
    const partition = REFERENCE.reduce((sum, p, i) => sum + p * Math.exp(REWARDS[i]! / beta), 0);
    expect(best).toBeCloseTo(beta * Math.log(partition), 12);
  });

  it("with ln π_ref itself as the reward is a temperature of β / (1 + β)", () => {
    const [beta, temperature] = [0.5, 1 / 3];
    const policy = tilt(LOGS, LOGS, beta);
    const cooled = tilt(
      LOGS.map((log) => log / temperature),
      [0, 0, 0, 0],
      1,
    );
    for (const [i, p] of policy.entries()) expect(p).toBeCloseTo(cooled[i]!, 12);
  });

  it("reward and distance grow together as the leash gets longer", () => {
    const line = frontier(LOGS, REWARDS, [10, 3, 1, 0.3, 0.1]);
    for (const [i, { kl, reward }] of line.entries()) {
      if (i === 0) continue;
      expect(kl).toBeGreaterThan(line[i - 1]!.kl);
      expect(reward).toBeGreaterThan(line[i - 1]!.reward);
    }
  });
});

describe("best of n", () => {
  it("is the reference for n = 1", () => {
    for (const [i, p] of bestOfNPolicy(LOGS, REWARDS, 1).entries()) expect(p).toBeCloseTo(REFERENCE[i]!, 12);
  });

  it("by hand for n = 2: the worst token is kept only when it was drawn twice", () => {
    const policy = bestOfNPolicy(LOGS, REWARDS, 2);
    expect(policy[2]).toBeCloseTo(0.15 ** 2, 12);
    expect(policy[0]).toBeCloseTo(0.65 ** 2 - 0.15 ** 2, 12);
    // Tokens 1 and 3 have the same reward and keep their proportion of 6 : 1.
    expect(policy[1]! + policy[3]!).toBeCloseTo(1 - 0.65 ** 2, 12);
    expect(policy[1]! / policy[3]!).toBeCloseTo(6, 9);
  });

  it("is what trying all draws of three tokens gives", () => {
    const n = 3;
    const exact = new Float64Array(4);
    const all = [0, 1, 2, 3];
    for (const a of all)
      for (const b of all)
        for (const c of all) {
          const draws = [a, b, c];
          const best = Math.max(...draws.map((token) => REWARDS[token]!));
          const winners = draws.filter((token) => REWARDS[token] === best);
          const chance = REFERENCE[a]! * REFERENCE[b]! * REFERENCE[c]!;
          for (const token of winners) exact[token]! += chance / winners.length;
        }
    for (const [i, p] of bestOfNPolicy(LOGS, REWARDS, n).entries()) expect(p).toBeCloseTo(exact[i]!, 12);
  });

  it("keeps to its bound, comes near it where rewards differ, and stays under the frontier", () => {
    const reference = randomDistribution(500, 3);
    const logs = reference.map(Math.log);
    const random = new Random(4);
    const rewards = logs.map(() => random.normal());
    for (const n of [2, 4, 16, 64]) {
      const policy = bestOfNPolicy(logs, rewards, n);
      expect(policy.reduce((a, b) => a + b)).toBeCloseTo(1, 9);
      const [kl, reward] = [klDivergence(policy, logs), expectation(policy, rewards)];
      expect(kl).toBeLessThanOrEqual(bestOfNKl(n) + 1e-12);
      if (n === 2) expect(kl).toBeGreaterThan(0.9 * bestOfNKl(n));
      // The tilted policy of the same distance, by bisection over β, earns at least as much.
      let [low, high] = [1e-3, 1e3];
      for (let i = 0; i < 100; i++) {
        const middle = Math.sqrt(low * high);
        if (klDivergence(tilt(logs, rewards, middle), logs) > kl) low = middle;
        else high = middle;
      }
      expect(expectation(tilt(logs, rewards, high), rewards)).toBeGreaterThanOrEqual(reward - 1e-6);
    }
  });

  it("moves no further than the best tokens allow, however many are drawn", () => {
    const kl = klDivergence(bestOfNPolicy(LOGS, REWARDS, 100_000), LOGS);
    expect(kl).toBeCloseTo(-Math.log(0.35), 9);
    expect(kl).toBeLessThan(bestOfNKl(100_000));
  });

  it("loses nothing where the rewarded tokens are one in a million", () => {
    const logs = [Math.log1p(-1e-6), Math.log(1e-6)];
    expect(bestOfNTradeOff(levelsOf(logs, [0, 1]), 2).reward).toBeCloseTo(2e-6 - 1e-12, 15);
  });

  it("has the same reward and distance whether its policy is written out or not", () => {
    for (const n of [1, 3, 50]) {
      const policy = bestOfNPolicy(LOGS, REWARDS, n);
      const { kl, reward } = bestOfNTradeOff(levelsOf(LOGS, REWARDS), n);
      expect(kl).toBeCloseTo(klDivergence(policy, LOGS), 12);
      expect(reward).toBeCloseTo(expectation(policy, REWARDS), 12);
    }
  });

  it("the draws that a reward costs: enough, and not one too many", () => {
    const levels = levelsOf(LOGS, REWARDS);
    const n = drawsFor(levels, 0.9)!;
    expect(bestOfNTradeOff(levels, n).reward).toBeGreaterThanOrEqual(0.9);
    expect(bestOfNTradeOff(levels, n - 1).reward).toBeLessThan(0.9);
    expect(drawsFor(levels, -0.5)).toBe(1);
    expect(drawsFor(levels, 1.5)).toBeUndefined();
  });
});
