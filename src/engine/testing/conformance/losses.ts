import { describe, expect, test } from "vitest";
import * as reference from "./reference.ts";
import * as gradients from "./reference-gradients.ts";
import { expectEachClose, type Workbench } from "./workbench.ts";

const SHAPES = [1, 3, 5, 64, 257, 6001].flatMap((columns) => [1, 2, 7, 33].map((rows) => ({ rows, columns })));

/** Cross-entropy and entropy of rows of logits, and their gradients. */
export function describeLosses(bench: Workbench): void {
  describe("losses", () => {
    /** Logits and targets, every third of which is "ignore". */
    function examples(rows: number, columns: number) {
      const targets = bench.indices(rows, columns).map((target, r) => (r % 3 === 1 ? -1 : target));
      return { logits: bench.numbers(rows * columns, 4), targets };
    }

    test.each(SHAPES)("cross-entropy: $rows rows of $columns", async ({ rows, columns }) => {
      const { logits, targets } = examples(rows, columns);
      const out = bench.blank(rows);
      bench.backend.crossEntropy(out, bench.place(logits), bench.place(targets), rows, columns);
      await bench.expectNumbers(out, reference.crossEntropy(logits, targets, columns));
    });

    test.each(SHAPES)("gradient of cross-entropy: $rows rows of $columns", async ({ rows, columns }) => {
      const { logits, targets } = examples(rows, columns);
      const dy = bench.numbers(rows);
      const [placedLogits, placedTargets, placedDy] = [bench.place(logits), bench.place(targets), bench.place(dy)];
      const [onTop, alone] = [bench.gradient(rows * columns), bench.place(new Float32Array(rows * columns))];
      for (const d of [onTop.storage, alone]) {
        bench.backend.crossEntropyGradient(d, placedLogits, placedTargets, placedDy, rows, columns);
      }
      const expected = gradients.crossEntropyGradient(logits, targets, dy, columns);
      await onTop.expectAdded(expected);
      // Of thousands of probabilities most are small: each must be right in itself.
      const [actual] = await bench.readAll(alone);
      if (columns > 1) expectEachClose(actual!, expected, 1e-4);
    });

    test.each(SHAPES)("entropy and its gradient: $rows rows of $columns", async ({ rows, columns }) => {
      const logits = bench.numbers(rows * columns, 4);
      // So that the gradients, small as probabilities are, are numbers around 1.
      const dy = bench.numbers(rows, columns);
      const [out, d, placedLogits] = [bench.blank(rows), bench.gradient(rows * columns), bench.place(logits)];
      bench.backend.entropy(out, placedLogits, rows, columns);
      bench.backend.entropyGradient(d.storage, placedLogits, bench.place(dy), rows, columns);
      await bench.expectNumbers(out, reference.entropy(logits, columns));
      await d.expectAdded(gradients.entropyGradient(logits, dy, columns));
    });

    test("logits of a thousand neither overflow nor lose the difference", async () => {
      const [rows, columns] = [3, 7];
      const logits = Float32Array.from({ length: rows * columns }, (_, i) => (i % 2 === 0 ? 1000 : -1000) + (i % 3));
      const [targets, dy] = [Int32Array.of(2, 0, 3), bench.numbers(rows)];
      const [placedLogits, placedTargets, placedDy] = [bench.place(logits), bench.place(targets), bench.place(dy)];
      const [loss, entropy] = [bench.blank(rows), bench.blank(rows)];
      const [dloss, dentropy] = [bench.gradient(logits.length), bench.gradient(logits.length)];
      bench.backend.crossEntropy(loss, placedLogits, placedTargets, rows, columns);
      bench.backend.entropy(entropy, placedLogits, rows, columns);
      bench.backend.crossEntropyGradient(dloss.storage, placedLogits, placedTargets, placedDy, rows, columns);
      bench.backend.entropyGradient(dentropy.storage, placedLogits, placedDy, rows, columns);
      const [losses] = await bench.readAll(loss);
      expectEachClose(losses!, reference.crossEntropy(logits, targets, columns), 1e-5);
      await bench.expectNumbers(entropy, reference.entropy(logits, columns));
      await dloss.expectAdded(gradients.crossEntropyGradient(logits, targets, dy, columns));
      await dentropy.expectAdded(gradients.entropyGradient(logits, dy, columns));
    });

    test("where all targets are ignored, the loss is zero and there is no gradient", async () => {
      const logits = bench.place(bench.numbers(20));
      const [targets, dy] = [bench.place(Int32Array.of(-1, -100)), bench.place(Float32Array.of(1, 1))];
      const [out, d] = [bench.blank(2), bench.gradient(20)];
      bench.backend.crossEntropy(out, logits, targets, 2, 10);
      bench.backend.crossEntropyGradient(d.storage, logits, targets, dy, 2, 10);
      expect(await bench.readAll(out)).toEqual([Float32Array.of(0, 0)]);
      await d.expectAdded(new Float32Array(20));
    });
  });
}
