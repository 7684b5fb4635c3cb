import { describe, expect, test } from "vitest";
import { Random } from "../../random.ts";
import * as reference from "./reference.ts";
import * as gradients from "./reference-gradients.ts";

// The definitions of the gradients, against central differences of the definitions of the operations.

const random = new Random(3);
function numbers(length: number, scale = 1): Float64Array {
  return Float64Array.from({ length }, () => (random.uniform() * 2 - 1) * scale);
}

/** Holds `gradient` against the slope of Σ dy · f(x) along each number of x. */
function expectGradient(
  x: Float64Array,
  dy: Float64Array,
  f: (x: Float64Array) => Float64Array,
  gradient: Float64Array,
): void {
  const step = 1e-5;
  const loss = (i: number, change: number) => {
    const moved = x.with(i, x[i]! + change);
    return f(moved).reduce((sum, value, j) => sum + value * dy[j]!, 0);
  };
  for (let i = 0; i < x.length; i++) {
    expect(gradient[i]).toBeCloseTo((loss(i, step) - loss(i, -step)) / (2 * step), 7);
  }
}

describe("gradients equal finite differences", () => {
  test.each(reference.UNARY_FUNCTIONS)("map %s", (f) => {
    const [x, dy] = [numbers(40, 4), numbers(40)];
    const [p, q] = [-0.7, 1.9];
    expectGradient(x, dy, (moved) => reference.map(f, moved, p, q), gradients.mapGradient(f, x, dy, p, q));
  });

  test.each(reference.BINARY_FUNCTIONS)("combine %s", (f) => {
    const [a, b, dy] = [numbers(20), numbers(20), numbers(20)];
    expectGradient(a, dy, (moved) => reference.combine(f, moved, b), gradients.combineGradient(f, "a", a, b, dy));
    expectGradient(b, dy, (moved) => reference.combine(f, a, moved), gradients.combineGradient(f, "b", a, b, dy));
  });

  test.each([false, true])("linear, transposed: %s", (transposed) => {
    const [rows, inner, columns] = [3, 4, 5];
    const [x, weight, bias, dy] = [numbers(12), numbers(20), numbers(5), numbers(15)];
    const shape = { rows, inner, columns, transposed };
    const back = { rows, inner: columns, columns: inner, transposed: !transposed };
    const dweight = transposed
      ? gradients.outerProducts(dy, x, rows, columns, inner)
      : gradients.outerProducts(x, dy, rows, inner, columns);
    expectGradient(x, dy, (moved) => reference.linear(moved, weight, shape), reference.linear(dy, weight, back));
    expectGradient(weight, dy, (moved) => reference.linear(x, moved, shape), dweight);
    const biased = (moved: Float64Array) => Float64Array.from(dy, (_, i) => moved[i % columns]!);
    expectGradient(bias, dy, biased, gradients.columnSums(dy, columns));
  });

  test("gather", () => {
    const [table, dy, indices] = [numbers(12), numbers(15), Int32Array.of(3, 0, 3, 1, 3)];
    expectGradient(
      table,
      dy,
      (moved) => reference.gather(moved, indices, 3),
      gradients.gatherGradient(dy, indices, 4, 3),
    );
  });

  test("layer norm", () => {
    const [x, gain, bias, dy] = [numbers(21), numbers(7), numbers(7), numbers(21)];
    const { dx, dgain, dbias } = gradients.layerNormGradient(x, gain, dy, 0.01);
    expectGradient(x, dy, (moved) => reference.layerNorm(moved, gain, bias, 0.01), dx);
    expectGradient(gain, dy, (moved) => reference.layerNorm(x, moved, bias, 0.01), dgain);
    expectGradient(bias, dy, (moved) => reference.layerNorm(x, gain, moved, 0.01), dbias);
  });

  test("RMS norm", () => {
    const [x, gain, dy] = [numbers(21), numbers(7), numbers(21)];
    const { dx, dgain } = gradients.rmsNormGradient(x, gain, dy, 0.01);
    expectGradient(x, dy, (moved) => reference.rmsNorm(moved, gain, 0.01), dx);
    expectGradient(gain, dy, (moved) => reference.rmsNorm(x, moved, 0.01), dgain);
  });

  test("attention with a bias", () => {
    const shape = { batch: 2, queries: 3, keys: 4, heads: 2, headWidth: 3, causal: false, biased: true };
    const lengths = Int32Array.of(4, 3);
    const [q, k, v, bias, dy] = [numbers(36, 2), numbers(48, 2), numbers(48), numbers(24), numbers(36)];
    const every = (own: Float64Array) => Float64Array.of(...own, ...own);
    const run = (ownQ: Float64Array, ownBias: Float64Array) =>
      reference.batchAttention(ownQ, k, v, lengths, shape, every(ownBias));
    const { dq, dbias } = gradients.batchAttentionGradient(q, k, v, run(q, bias).pattern, dy, shape);
    expectGradient(q, dy, (moved) => run(moved, bias).out, dq);
    expectGradient(bias, dy, (moved) => run(q, moved).out, dbias);
  });

  test.each([
    { queries: 4, keys: 4, causal: true },
    { queries: 3, keys: 5, causal: false },
  ])("attention, $queries queries and $keys keys", ({ queries, keys, causal }) => {
    const shape = { batch: 2, queries, keys, heads: 2, headWidth: 3, causal };
    const lengths = Int32Array.of(keys, keys - 1);
    const [q, k, v] = [numbers(2 * queries * 6, 2), numbers(2 * keys * 6, 2), numbers(2 * keys * 6)];
    const dy = numbers(2 * queries * 6);
    const { pattern } = reference.batchAttention(q, k, v, lengths, shape);
    const { dq, dk, dv } = gradients.batchAttentionGradient(q, k, v, pattern, dy, shape);
    expectGradient(q, dy, (moved) => reference.batchAttention(moved, k, v, lengths, shape).out, dq);
    expectGradient(k, dy, (moved) => reference.batchAttention(q, moved, v, lengths, shape).out, dk);
    expectGradient(v, dy, (moved) => reference.batchAttention(q, k, moved, lengths, shape).out, dv);
  });

  test("cross-entropy and entropy", () => {
    const [logits, dy, targets] = [numbers(20, 3), numbers(4), Int32Array.of(0, -1, 4, 2)];
    const ofTargets = (moved: Float64Array) => reference.crossEntropy(moved, targets, 5);
    expectGradient(logits, dy, ofTargets, gradients.crossEntropyGradient(logits, targets, dy, 5));
    const ofRows = (moved: Float64Array) => reference.entropy(moved, 5);
    expectGradient(logits, dy, ofRows, gradients.entropyGradient(logits, dy, 5));
  });

  test("LSTM cell", () => {
    const [gates, previous, dhidden, dcell] = [numbers(24, 2), numbers(6), numbers(6), numbers(6)];
    const { dgates, dpreviousCell } = gradients.lstmCellGradient(gates, previous, dhidden, dcell, 3);
    const dy = Float64Array.of(...dhidden, ...dcell);
    const step = (movedGates: Float64Array, movedCell: Float64Array) => {
      const { hidden, cell } = reference.lstmCell(movedGates, movedCell, 3);
      return Float64Array.of(...hidden, ...cell);
    };
    expectGradient(gates, dy, (moved) => step(moved, previous), dgates);
    expectGradient(previous, dy, (moved) => step(gates, moved), dpreviousCell);
  });
});

test("the normal distribution is the one in the tables", () => {
  expect(reference.normalBelow(1)).toBeCloseTo(0.8413447460685429, 14);
  expect(reference.normalBelow(-3)).toBeCloseTo(0.0013498980316301, 14);
  expect(reference.normalBelow(6)).toBeCloseTo(0.9999999990134123, 14);
});
