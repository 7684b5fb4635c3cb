import { describe, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { toFloat32 } from "../files/safetensors.ts";
import { newWeights } from "../nn/weights.ts";
import { AdamW } from "../optim/adam-w.ts";
import { decayMatrices } from "../optim/optimizer.ts";
import { Random } from "../random.ts";
import { Tape } from "../tensor/tape.ts";
import { compute, fromTensors, openModelFixture } from "../testing/model-fixture.ts";
import { relativeError } from "../testing/relative-error.ts";
import { describeSeq2Seq } from "../testing/seq2seq-parity.ts";
import { LstmSeq2Seq, type LstmSeq2SeqConfig } from "./lstm-seq2seq.ts";
import { type Seq2Seq, seq2SeqLoss, translateGreedily } from "./seq2seq.ts";
import { TransformerSeq2Seq } from "./transformer-seq2seq.ts";

describeSeq2Seq("the CPU, in Node", createCpuBackend, 1e-5, 1e-4);

test("without attention the LSTM's logits are one linear layer over PyTorch's states of the decoder", async () => {
  const backend = await createCpuBackend();
  const { config, weights, batch, floats } = await openModelFixture("lstm-seq2seq");
  const sizes = config as LstmSeq2SeqConfig;
  const model = new LstmSeq2Seq(backend, { ...sizes, attention: false }, fromTensors(weights));
  const source = {
    ids: Int32Array.from(batch.sourceIds!),
    batch: 3,
    lengths: Int32Array.from(batch.sourceLengths!),
  };
  const inputs = { ids: Int32Array.from(batch.inputIds!), batch: 3 };
  const { outputs } = await compute(backend, (tape) => [model.decode(tape, model.encode(tape, source), inputs)]);

  const { width, targetVocabularySize: size } = sizes;
  const [matrix, bias] = ["fc.weight", "fc.bias"].map((name) => toFloat32(weights.get(name)!));
  const states = floats("states");
  const expected = outputs[0]!.map((_, i) => {
    const [row, column] = [Math.floor(i / size), i % size];
    const state = states.subarray(row * width, (row + 1) * width);
    return state.reduce((sum, value, j) => sum + value * matrix![column * width + j]!, bias![column]!);
  });
  expect(relativeError(outputs[0]!, expected)).toBeLessThan(1e-5);
  expect(outputs[0]).toHaveLength((states.length / width) * size);
  expect(model.traceNames.filter((name) => name.includes("attn") || name.endsWith("joined"))).toEqual([]);
  model.dispose();
  expect(backend.memory.storages).toBe(0);
  backend.dispose();
});

const [VOCABULARY, START, END] = [12, 2, 1];

describe("from drawn weights", () => {
  test("the LSTM learns to copy what it reads", async () => {
    const sizes = { sourceVocabularySize: VOCABULARY, targetVocabularySize: VOCABULARY, embeddingWidth: 8 };
    const config = { ...sizes, width: 16, layers: 1 };
    await learnsToCopy((backend) => new LstmSeq2Seq(backend, config, newWeights(new Random(3))));
  });

  test("the Transformer learns to copy what it reads", async () => {
    const layers = { encoderLayers: 1, decoderLayers: 1 };
    const config = { vocabularySize: VOCABULARY, width: 16, innerWidth: 32, ...layers, heads: 2 };
    const weights = newWeights(new Random(3));
    await learnsToCopy((backend) => new TransformerSeq2Seq(backend, { ...config, activation: "relu" }, weights));
  });
});

async function learnsToCopy<Encoded>(
  create: (backend: Backend) => Seq2Seq<Encoded> & Pick<LstmSeq2Seq, "parameters" | "dispose">,
): Promise<void> {
  const backend = await createCpuBackend();
  const model = create(backend);
  const optimizer = new AdamW(backend, decayMatrices(model.parameters, 0), { maxNorm: 1 });
  const source = { ids: Int32Array.of(5, 6, 7, 8, 9, 10), batch: 2 };
  const inputs = { ids: Int32Array.of(START, 5, 6, 7, START, 8, 9, 10), batch: 2 };
  const targets = Int32Array.of(5, 6, 7, END, 8, 9, 10, END);
  for (let step = 0; step < 60; step++) {
    const tape = new Tape(backend);
    model.parameters.zeroGradients();
    tape.backward(seq2SeqLoss(model, tape, { source, inputs, targets }));
    optimizer.step(0.02);
    tape.dispose();
  }
  const { sequences } = await translateGreedily(model, source, { startId: START, endId: END, maxTokens: 6 });
  expect(sequences).toEqual([
    [5, 6, 7],
    [8, 9, 10],
  ]);
  backend.dispose();
}
