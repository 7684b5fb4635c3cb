import { describe, test } from "vitest";
import type { BatchAttentionShape } from "../../backends/operations.ts";
import * as reference from "./reference.ts";
import * as gradients from "./reference-gradients.ts";
import type { Workbench } from "./workbench.ts";

interface AttentionCase extends BatchAttentionShape {
  /** Keys of each sequence that are no padding. */
  readonly lengths: readonly number[];
  /** How large queries and keys are. */
  readonly large?: number;
}

const ATTENTION: readonly AttentionCase[] = [
  { batch: 1, queries: 1, keys: 1, heads: 1, headWidth: 1, causal: false, lengths: [1] },
  { batch: 1, queries: 7, keys: 7, heads: 3, headWidth: 5, causal: true, lengths: [7] },
  { batch: 2, queries: 33, keys: 33, heads: 4, headWidth: 16, causal: true, lengths: [33, 20] },
  { batch: 3, queries: 16, keys: 16, heads: 2, headWidth: 64, causal: false, lengths: [16, 1, 9] },
  // Cross-attention: more queries than keys, and fewer.
  { batch: 2, queries: 9, keys: 5, heads: 2, headWidth: 12, causal: false, lengths: [3, 5] },
  { batch: 2, queries: 3, keys: 70, heads: 1, headWidth: 33, causal: false, lengths: [70, 64] },
  { batch: 1, queries: 5, keys: 9, heads: 2, headWidth: 8, causal: true, lengths: [3] },
  { batch: 1, queries: 2, keys: 257, heads: 2, headWidth: 128, causal: false, lengths: [257] },
  // A sequence of nothing but padding.
  { batch: 2, queries: 4, keys: 4, heads: 2, headWidth: 4, causal: true, lengths: [0, 4] },
  // Scores of some hundreds: exp overflows unless the largest is taken off first.
  { batch: 2, queries: 6, keys: 6, heads: 2, headWidth: 32, causal: true, lengths: [6, 6], large: 20 },
  { batch: 1, queries: 5, keys: 5, heads: 2, headWidth: 6, scale: 0.9, causal: true, lengths: [5] },
  // As in T5: a bias.
  { batch: 1, queries: 1, keys: 1, heads: 1, headWidth: 1, causal: true, lengths: [1], biased: true },
  { batch: 3, queries: 9, keys: 9, heads: 3, headWidth: 5, causal: true, lengths: [9, 4, 7], biased: true },
  { batch: 2, queries: 17, keys: 17, heads: 2, headWidth: 16, causal: false, lengths: [17, 5], biased: true },
  { batch: 2, queries: 3, keys: 70, heads: 1, headWidth: 32, causal: false, lengths: [70, 64], biased: true },
];

/** Attention and recurrence over whole sequences, and their gradients. */
export function describeSequences(bench: Workbench): void {
  describe("attention of whole sequences", () => {
    test.each(ATTENTION)(
      "$batch × ($queries queries, $keys keys), $heads heads of $headWidth, causal: $causal, lengths $lengths",
      async ({ lengths, large = 1, ...shape }) => {
        const { batch, queries, keys, heads, headWidth } = shape;
        const [ofQueries, ofKeys] = [batch * queries * heads * headWidth, batch * keys * heads * headWidth];
        const [q, k, v] = [bench.numbers(ofQueries, large), bench.numbers(ofKeys, large), bench.numbers(ofKeys)];
        const [placedQ, placedK, placedV] = [bench.place(q), bench.place(k), bench.place(v)];

        // Every sequence has the same.
        const own = bench.numbers(heads * queries * keys, 3);
        const bias = Float32Array.from({ length: batch * own.length }, (_, i) => own[i % own.length]!);
        const pattern = shape.biased ? bench.place(bias) : bench.blank(bias.length);
        const out = bench.blank(ofQueries);
        const placedLengths = bench.place(Int32Array.from(lengths));
        bench.backend.batchAttention(out, pattern, placedQ, placedK, placedV, placedLengths, shape);
        const expected = reference.batchAttention(
          q,
          k,
          v,
          Int32Array.from(lengths),
          shape,
          shape.biased ? bias : undefined,
        );
        await bench.expectNumbers(pattern, expected.pattern);
        await bench.expectNumbers(out, expected.out);

        const dy = bench.numbers(ofQueries);
        const [dq, dk, dv] = [bench.gradient(ofQueries), bench.gradient(ofKeys), bench.gradient(ofKeys)];
        const placedPattern = bench.place(Float32Array.from(expected.pattern));
        const operands = [placedQ, placedK, placedV, placedPattern, bench.place(dy)] as const;
        const dbias = shape.biased ? bench.gradient(own.length) : null;
        bench.backend.batchAttentionGradient(
          dq.storage,
          dk.storage,
          dv.storage,
          ...operands,
          shape,
          dbias?.storage ?? null,
        );
        const wanted = gradients.batchAttentionGradient(q, k, v, expected.pattern, dy, shape);
        await dq.expectAdded(wanted.dq);
        await dk.expectAdded(wanted.dk);
        await dv.expectAdded(wanted.dv);
        await dbias?.expectAdded(wanted.dbias);
      },
    );
  });

  describe("LSTM", () => {
    test.each([
      { rows: 1, width: 1, scale: 2 },
      { rows: 2, width: 3, scale: 2 },
      { rows: 7, width: 5, scale: 2 },
      { rows: 33, width: 64, scale: 2 },
      { rows: 2, width: 257, scale: 2 },
      { rows: 2, width: 33, scale: 100 },
    ])("a step of $rows rows, $width wide, sums up to $scale", async ({ rows, width, scale }) => {
      const size = rows * width;
      const [gates, previous] = [bench.numbers(4 * size, scale), bench.numbers(size, 2)];
      const [placedGates, placedPrevious] = [bench.place(gates), bench.place(previous)];
      const [hidden, cell] = [bench.blank(size), bench.blank(size)];
      bench.backend.lstmCell(hidden, cell, placedGates, placedPrevious, rows, width);
      const expected = reference.lstmCell(gates, previous, width);
      await bench.expectNumbers(cell, expected.cell);
      await bench.expectNumbers(hidden, expected.hidden);

      const [dhidden, dcell] = [bench.numbers(size), bench.numbers(size)];
      const [dgates, dprevious] = [bench.gradient(4 * size), bench.gradient(size)];
      const operands = [placedGates, placedPrevious, bench.place(dhidden), bench.place(dcell)] as const;
      bench.backend.lstmCellGradient(dgates.storage, dprevious.storage, ...operands, rows, width);
      const wanted = gradients.lstmCellGradient(gates, previous, dhidden, dcell, width);
      await dgates.expectAdded(wanted.dgates);
      await dprevious.expectAdded(wanted.dpreviousCell);
    });
  });
}
