import { describe, expect, it } from "vitest";
import { EngineError } from "../errors.ts";
import { logitsOf, randomLogits, SEEDS, sum } from "../testing/random-logits.ts";
import { logSoftmax, softmax } from "./softmax.ts";

describe("softmax", () => {
  it("gives the probabilities of a small table", () => {
    expect([...softmax(Float32Array.of(0, Math.log(2), Math.log(5)))]).toEqual([
      expect.closeTo(1 / 8, 6),
      expect.closeTo(2 / 8, 6),
      expect.closeTo(5 / 8, 6),
    ]);
  });

  it.each(SEEDS)("sums to 1, keeps the order and ignores a shift (seed %i)", (seed) => {
    const logits = randomLogits(seed);
    const probabilities = softmax(logits);
    expect(sum(probabilities)).toBeCloseTo(1, 5);
    const byLogit = [...logits.keys()].sort((a, b) => (logits[a] as number) - (logits[b] as number));
    const sorted = byLogit.map((id) => probabilities[id] as number);
    expect(sorted).toEqual(sorted.toSorted((a, b) => a - b));
    const shifted = softmax(logits.map((logit) => logit + 3));
    shifted.forEach((p, id) => {
      expect(p).toBeCloseTo(probabilities[id] as number, 6);
    });
  });

  it("does not overflow", () => {
    expect([...softmax(Float32Array.of(1e30, 1e30, -1e30))]).toEqual([0.5, 0.5, 0]);
  });

  it("gives a ruled-out token probability 0", () => {
    expect([...softmax(Float32Array.of(1, Number.NEGATIVE_INFINITY, 1))]).toEqual([0.5, 0, 0.5]);
  });

  it.each([
    ["NaN", [0, Number.NaN]],
    ["+Infinity", [0, Number.POSITIVE_INFINITY]],
    ["nothing left", [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]],
    ["an empty vocabulary", []],
  ])("refuses %s", (_, logits) => {
    for (const f of [softmax, logSoftmax]) {
      expect(() => f(Float32Array.from(logits))).toThrow(expect.objectContaining({ code: "bad-input" }));
      expect(() => f(Float32Array.from(logits))).toThrow(EngineError);
    }
  });
});

describe("logSoftmax", () => {
  it("is the logarithm of the softmax", () => {
    const logits = logitsOf(0.5, 0.25, 0.125, 0.125);
    expect([...logSoftmax(logits)].map((x) => x / Math.LN2)).toEqual([-1, -2, -3, -3].map((x) => expect.closeTo(x, 6)));
  });

  it("keeps apart what the softmax rounds to 0", () => {
    expect([...logSoftmax(Float32Array.of(0, -200, -300, Number.NEGATIVE_INFINITY))]).toEqual([
      0,
      -200,
      -300,
      Number.NEGATIVE_INFINITY,
    ]);
  });
});
