import { beforeAll, describe } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { parseSafetensors } from "../files/safetensors.ts";
import { takeTensor } from "../files/take-tensor.ts";
import { Bert } from "../models/bert.ts";
import { readTexts } from "../models/bert-reading.ts";
import { BertTop, type TextState } from "../models/bert-top.ts";
import { meanCrossEntropy } from "../nn/loss.ts";
import { bertConfig, ints } from "./bert-fixture.ts";
import { loadFixture } from "./load.ts";
import { type Batch, describeTraining } from "./training-run.ts";

const CLASSES = 3;
const FROZEN = "blocks.0.normalized_resid_post";

/**
 * Holds fine-tuning, on one backend, against PyTorch (`training/fixtures_fine_tune.py`): frozen embeddings and block, whose outputs are
 * computed once, and above them a block and a head that are trained.
 *
 * @param tolerance largest relative error of a gradient
 */
export function describeBertTop(name: string, createBackend: () => Promise<Backend>, tolerance: number): void {
  describe.each(["cls", "mean"] as const)("%s", (pooling) => {
    const fixture = `bert-top-${pooling}`;
    const states = new Map<string, readonly TextState[]>();
    beforeAll(async () => {
      const folder = "src/engine/testdata/training";
      const tensors = parseSafetensors(await loadFixture(`${folder}/${fixture}.safetensors`));
      const run = JSON.parse(new TextDecoder().decode(await loadFixture(`${folder}/${fixture}.json`))) as {
        config: unknown;
        batches: Batch[];
      };
      const backend = await createCpuBackend();
      const heads = { pooler: false, maskedLm: false, nextSentence: false, classes: 0 };
      const config = { ...bertConfig(run.config), layers: 1 };
      const frozen = new Bert(backend, config, heads, (key, shape) => takeTensor(tensors, `weight.${key}`, shape));
      for (const batch of run.batches) {
        const readings = await readTexts(frozen, textsOf(batch), { trace: [FROZEN] });
        states.set(
          JSON.stringify(batch),
          readings.map(({ traces }) => traces.get(FROZEN)!.data),
        );
      }
      backend.dispose();
    });

    describeTraining(
      name,
      fixture,
      createBackend,
      (backend, config: unknown, weights) => {
        const shape = { blocks: 1, classes: CLASSES, pooling };
        const top = new BertTop(backend, bertConfig(config), shape, weights, { trainable: () => true });
        return {
          parameters: top.parameters,
          loss: (tape, batch) =>
            meanCrossEntropy(tape, top.classLogits(tape, states.get(JSON.stringify(batch))!), ints(batch.classes)),
        };
      },
      tolerance,
    );
  });
}

/** The texts of a padded batch. */
function textsOf({ ids = [], segments = [], lengths = [] }: Batch) {
  const longest = ids.length / lengths.length;
  return lengths.map((length, i) => ({
    ids: ids.slice(i * longest, i * longest + length),
    segments: segments.slice(i * longest, i * longest + length),
  }));
}
