import { describe, expect, it } from "vitest";
import { Random } from "../random.ts";
import { keptIds, logitsOf, randomLogits, SEEDS, sum } from "../testing/random-logits.ts";
import { greedyToken } from "./greedy.ts";
import { banRepeatedNgrams } from "./no-repeat-ngram.ts";
import { penalizeRepetition } from "./repetition-penalty.ts";
import { softmax } from "./softmax.ts";
import { applyTemperature } from "./temperature.ts";
import { topIndices } from "./top-indices.ts";
import { topK } from "./top-k.ts";
import { topP } from "./top-p.ts";

const MASK = Number.NEGATIVE_INFINITY;

/** A filter that rules out tokens leaves the others as they were. */
function expectOnlyMasks(before: Float32Array, after: Float32Array): void {
  after.forEach((logit, id) => {
    expect([before[id], MASK]).toContain(logit);
  });
}

describe("greedyToken", () => {
  it("takes the lowest id of equal logits", () => {
    expect(greedyToken(Float32Array.of(1, 3, 2, 3))).toBe(1);
  });
});

describe("topIndices", () => {
  it.each(SEEDS)("agrees with sorting everything (seed %i)", (seed) => {
    const random = new Random(seed);
    // Few different values, so that there are many ties.
    const values = Float32Array.from({ length: 100 }, () => Math.floor(20 * random.uniform()));
    const expected = [...values].map((value, index) => ({ index, value })).sort((a, b) => b.value - a.value);
    expect(topIndices(values, 12)).toEqual(expected.slice(0, 12));
  });

  it("leaves out what is ruled out", () => {
    expect(topIndices(Float32Array.of(MASK, 2, MASK), 3)).toEqual([{ index: 1, value: 2 }]);
  });
});

describe("applyTemperature", () => {
  it("divides", () => {
    expect([...applyTemperature(Float32Array.of(1, -2, 0, MASK), 0.5)]).toEqual([2, -4, 0, MASK]);
  });

  it("squares the odds at one half", () => {
    expect([...softmax(applyTemperature(logitsOf(0.75, 0.25), 0.5))]).toEqual(
      [0.9, 0.1].map((p) => expect.closeTo(p, 6)),
    );
  });

  it("gets flat as it grows", () => {
    for (const p of softmax(applyTemperature(randomLogits(1, 8), 1e6))) expect(p).toBeCloseTo(1 / 8, 4);
  });

  it.each([0, 1e-44])("keeps the lowest of the best tokens at %f", (temperature) => {
    expect([...applyTemperature(Float32Array.of(1, 5, 5, 4), temperature)]).toEqual([MASK, 5, MASK, MASK]);
    expect([...applyTemperature(Float32Array.of(-5, -1), temperature)]).toEqual([MASK, -1]);
    expect(keptIds(applyTemperature(Float32Array.of(0, -1, MASK), temperature))).toEqual([0]);
  });
});

describe("topK", () => {
  it.each(SEEDS)("keeps exactly the k best (seed %i)", (seed) => {
    const logits = randomLogits(seed);
    for (const k of [1, 2, 10, 199]) {
      const after = topK(logits, k);
      expectOnlyMasks(logits, after);
      expect(keptIds(after)).toEqual(
        topIndices(logits, k)
          .map(({ index }) => index)
          .sort((a, b) => a - b),
      );
    }
  });

  it("keeps every token that equals the k-th", () => {
    expect(keptIds(topK(Float32Array.of(3, 1, 2, 2, 2, 0), 2))).toEqual([0, 2, 3, 4]);
  });

  it.each([4, 5, 1e6])("changes nothing with %i of 4 tokens", (k) => {
    const logits = randomLogits(1, 4);
    expect(topK(logits, k)).toEqual(logits);
  });
});

describe("topP", () => {
  it.each(SEEDS)("keeps the smallest set that reaches p (seed %i)", (seed) => {
    const logits = randomLogits(seed);
    const probabilities = softmax(logits);
    for (const p of [0.05, 0.3, 0.5, 0.9, 0.99]) {
      const after = topP(logits, p);
      expectOnlyMasks(logits, after);
      const kept = keptIds(after).map((id) => probabilities[id] as number);
      const dropped = [...probabilities].filter((_, id) => after[id] === MASK);
      expect(Math.min(...kept)).toBeGreaterThan(Math.max(...dropped));
      expect(sum(kept)).toBeGreaterThanOrEqual(p - 1e-6);
      expect(sum(kept) - Math.min(...kept)).toBeLessThan(p);
    }
  });

  it("cuts a small table by hand", () => {
    const logits = logitsOf(0.1, 0.4, 0.2, 0.3);
    expect(keptIds(topP(logits, 0.35))).toEqual([1]);
    expect(keptIds(topP(logits, 0.6))).toEqual([1, 3]);
    expect(keptIds(topP(logits, 0.85))).toEqual([1, 2, 3]);
    expect(keptIds(topP(logits, 0.95))).toEqual([0, 1, 2, 3]);
  });

  it("keeps exactly one token at p = 0, or as many as it must", () => {
    for (const seed of SEEDS) expect(keptIds(topP(randomLogits(seed), 0))).toEqual([greedyToken(randomLogits(seed))]);
    expect(keptIds(topP(logitsOf(0.1, 0.4, 0.2, 0.3), 0, 2))).toEqual([1, 3]);
    expect(keptIds(topP(logitsOf(0.5, 0.5), 0, 5))).toEqual([0, 1]);
  });

  it("keeps the lowest ids of equal tokens at the cut", () => {
    expect(keptIds(topP(Float32Array.of(0, 0, 0, 0), 0))).toEqual([0]);
    expect(keptIds(topP(Float32Array.of(0, 0, 0, 0), 0.5))).toEqual([0, 1]);
    expect(keptIds(topP(logitsOf(0.2, 0.4, 0.2, 0.2), 0.7))).toEqual([0, 1, 2]);
  });

  it("leaves what was ruled out before ruled out", () => {
    expect(keptIds(topP(Float32Array.of(MASK, 1, MASK, 1), 0.99))).toEqual([1, 3]);
  });
});

describe("penalizeRepetition", () => {
  it("divides positive and multiplies negative logits of seen tokens, once each", () => {
    const after = penalizeRepetition(Float32Array.of(2, 2, -2, -2, 0, MASK), [1, 3, 3, 1, 4, 5], 4);
    expect([...after]).toEqual([2, 0.5, -2, -8, 0, MASK]);
  });
});

describe("banRepeatedNgrams", () => {
  const logits = new Float32Array(6);
  it.each([
    { n: 1, history: [3, 1, 3], banned: [1, 3] },
    { n: 2, history: [1, 2, 3, 1], banned: [2] },
    { n: 2, history: [1, 2, 1, 4, 1], banned: [2, 4] },
    { n: 2, history: [1, 1], banned: [1] },
    { n: 2, history: [1], banned: [] },
    { n: 3, history: [1, 2, 3, 1, 2], banned: [3] },
    { n: 3, history: [1, 2, 3, 0, 2], banned: [] },
    { n: 4, history: [1, 2], banned: [] },
  ])("bans $banned after $history for n = $n", ({ n, history, banned }) => {
    const after = banRepeatedNgrams(logits, history, n);
    expect([...after.keys()].filter((id) => after[id] === MASK)).toEqual(banned);
  });

  it.each(SEEDS)("never lets an n-gram come twice (seed %i)", (seed) => {
    const random = new Random(seed);
    const history: number[] = [];
    for (let step = 0; step < 20; step++) {
      const open = keptIds(banRepeatedNgrams(logits, history, 2));
      history.push(open[Math.floor(random.uniform() * open.length)] as number);
    }
    const pairs = history.slice(1).map((token, i) => `${history[i]} ${token}`);
    expect(new Set(pairs).size).toBe(pairs.length);
  });
});
