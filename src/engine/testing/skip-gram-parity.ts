import type { Backend } from "../backends/backend.ts";
import { SkipGram } from "../models/skip-gram.ts";
import { describeTraining } from "./training-run.ts";

/** Holds skip-gram with negative sampling, on one backend, against PyTorch's (`training/fixtures_gradients.py`). */
export function describeSkipGram(name: string, createBackend: () => Promise<Backend>, tolerance: number): void {
  describeTraining<{ vocabularySize: number; width: number }>(
    name,
    "skip-gram",
    createBackend,
    (backend, { vocabularySize, width }, weights) => {
      const model = new SkipGram(backend, vocabularySize, width, weights);
      return {
        parameters: model.parameters,
        loss: (tape, batch) =>
          model.loss(tape, {
            centers: Int32Array.from(batch.centers!),
            contexts: Int32Array.from(batch.contexts!),
            negatives: Int32Array.from(batch.negatives!),
          }),
      };
    },
    tolerance,
  );
}
