import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { parseSafetensors, toFloat32 } from "../files/safetensors.ts";
import { LstmSeq2Seq, type LstmSeq2SeqConfig } from "../models/lstm-seq2seq.ts";
import { type Seq2Seq, type Seq2SeqBatch, seq2SeqLoss, translateGreedily } from "../models/seq2seq.ts";
import type { TokenBatch } from "../models/token-batch.ts";
import { TransformerSeq2Seq, type TransformerSeq2SeqConfig } from "../models/transformer-seq2seq.ts";
import type { WeightSource } from "../nn/weights.ts";
import type { Parameters } from "../tensor/parameters.ts";
import { loadFixture } from "./load.ts";
import { compute, fromTensors, type ModelFixture, openModelFixture } from "./model-fixture.ts";
import { relativeError } from "./relative-error.ts";
import { type Batch, describeTraining } from "./training-run.ts";

const START_ID = 2;

interface Model<Encoded> extends Seq2Seq<Encoded> {
  readonly parameters: Parameters;
  dispose(): void;
}

/** Holds both encoder–decoder models, on one backend, against PyTorch (`training/fixtures_seq2seq.py`), and against themselves. */
export function describeSeq2Seq(
  name: string,
  createBackend: () => Promise<Backend>,
  tolerance: number,
  gradientTolerance: number,
): void {
  describeModel(
    name,
    "lstm-seq2seq",
    createBackend,
    (backend, config: LstmSeq2SeqConfig, weights) => new LstmSeq2Seq(backend, config, weights),
    { "decoder.lstm.1.hidden": "states", "decoder.cross_attn.pattern": "pattern" },
    tolerance,
    gradientTolerance,
  );
  describeModel(
    name,
    "encoder-decoder",
    createBackend,
    (backend, config: LstmSeq2SeqConfig, weights) => new LstmSeq2Seq(backend, config, weights),
    {},
    tolerance,
    gradientTolerance,
  );
  describeSet(name, createBackend, tolerance);
  describeModel(
    name,
    "transformer-seq2seq",
    createBackend,
    (backend, config: TransformerSeq2SeqConfig, weights) => new TransformerSeq2Seq(backend, config, weights),
    {
      "encoder.0.resid_pre": "encoderHidden.0",
      "encoder.0.normalized_resid_post": "encoderHidden.1",
      "encoder.0.attn.pattern": "encoderAttention.0",
      "decoder.0.resid_pre": "decoderHidden.0",
      "decoder.1.resid_pre": "decoderHidden.1",
      "decoder.1.normalized_resid_post": "decoderHidden.2",
      "decoder.0.attn.pattern": "decoderAttention.0",
      "decoder.1.attn.pattern": "decoderAttention.1",
      "decoder.0.cross_attn.pattern": "crossAttention.0",
      "decoder.1.cross_attn.pattern": "crossAttention.1",
    },
    tolerance,
    gradientTolerance,
  );
}

/** What is looked into and changed: the states of an encoder, and attention that somebody has set. */
function describeSet(name: string, createBackend: () => Promise<Backend>, tolerance: number): void {
  /** The first source of a fixture alone, which is the longest, and what its decoder reads. */
  const open = async (fixtureName: string) => {
    const backend = await createBackend();
    const fixture = await openModelFixture(fixtureName);
    const model = new LstmSeq2Seq(backend, fixture.config as LstmSeq2SeqConfig, fromTensors(fixture.weights));
    const { source, inputs } = pairs(fixture.batch);
    const first = ({ ids, batch }: TokenBatch): TokenBatch => ({ ids: ids.slice(0, ids.length / batch), batch: 1 });
    return { backend, fixture, model, source: first(source), inputs: first(inputs) };
  };

  test(`the states of an encoder on ${name} are PyTorch's, step by step`, async () => {
    const { backend, fixture, model, source } = await open("encoder-decoder");
    const wanted = ["encoder.lstm.0.hidden"];
    const { traces } = await compute(backend, (tape, trace) => [model.encode(tape, source, trace).states], {
      names: model.traceNames,
      wanted,
    });
    expect(relativeError(traces.get(wanted[0]!)!.data, fixture.floats("states"))).toBeLessThan(tolerance);
    model.dispose();
    backend.dispose();
  });

  test(`attention that was set on ${name} gives what it gives in PyTorch`, async () => {
    const { backend, model, source, inputs } = await open("lstm-seq2seq");
    const bytes = await loadFixture("src/engine/testdata/models/lstm-seq2seq-set.safetensors");
    const expected = parseSafetensors(bytes);
    const { length } = source.ids;
    const set = new Map([
      [1, Float32Array.from({ length }, (_, i) => (i === 2 ? 1 : 0))],
      [3, new Float32Array(length).fill(1 / length)],
      // Nobody has come so far.
      [9, new Float32Array(length)],
    ]);
    const wanted = ["decoder.cross_attn.pattern"];
    const { outputs, traces } = await compute(
      backend,
      (tape, trace) => [model.decode(tape, model.encode(tape, source, trace), inputs, trace, set)],
      { names: model.traceNames, wanted },
    );
    expect(relativeError(outputs[0]!, toFloat32(expected.get("logits")!))).toBeLessThan(tolerance);
    expect(relativeError(traces.get(wanted[0]!)!.data, toFloat32(expected.get("pattern")!))).toBeLessThan(tolerance);
    model.dispose();
    backend.dispose();
  });
}

/** @param watched name of an intermediate → name in the fixture */
function describeModel<Config, Encoded>(
  name: string,
  fixtureName: string,
  createBackend: () => Promise<Backend>,
  build: (backend: Backend, config: Config, weights: WeightSource) => Model<Encoded>,
  watched: Readonly<Record<string, string>>,
  tolerance: number,
  gradientTolerance: number,
): void {
  describeTraining(
    name,
    fixtureName,
    createBackend,
    (backend, config: Config, weights) => {
      const model = build(backend, config, weights);
      return { parameters: model.parameters, loss: (tape, batch) => seq2SeqLoss(model, tape, pairs(batch)) };
    },
    gradientTolerance,
  );

  describe(`${fixtureName} on ${name}`, () => {
    let backend: Backend;
    let fixture: ModelFixture;
    let model: Model<Encoded>;
    let batch: Seq2SeqBatch;
    beforeAll(async () => {
      backend = await createBackend();
      fixture = await openModelFixture(fixtureName);
      model = build(backend, fixture.config as Config, fromTensors(fixture.weights));
      batch = pairs(fixture.batch);
    });
    afterAll(() => {
      model.dispose();
      backend.dispose();
    });

    const decode = (wanted: string[], inputs = batch.inputs, source = batch.source) =>
      compute(backend, (tape, trace) => [model.decode(tape, model.encode(tape, source, trace), inputs, trace)], {
        names: model.traceNames,
        wanted,
      });

    test("logits, hidden states and attention equal PyTorch's", async () => {
      const { outputs, traces } = await decode(Object.keys(watched));
      expect(relativeError(outputs[0]!, fixture.floats("logits")), "logits").toBeLessThan(tolerance);
      for (const [own, theirs] of Object.entries(watched)) {
        expect(relativeError(traces.get(own)!.data, fixture.floats(theirs)), own).toBeLessThan(tolerance);
      }
    });

    test("a trace holds every intermediate, and changes no output, to the last bit", async () => {
      const [plain, traced] = [await decode([]), await decode([...model.traceNames])];
      expect(traced.outputs).toEqual(plain.outputs);
      expect([...traced.traces.keys()].sort()).toEqual([...model.traceNames].sort());
    });

    test("greedy decoding writes what PyTorch writes, with the attention of all that it wrote", async () => {
      const before = { ...backend.memory };
      const written = [...fixture.floats("written")];
      const maxTokens = written.length / batch.source.batch;
      const trace = model.traceNames.filter((key) => key.endsWith("cross_attn.pattern"));
      // A token that never comes ends nothing.
      const options = { startId: START_ID, endId: -1, maxTokens, trace };
      const { sequences, traces } = await translateGreedily(model, batch.source, options);
      expect(sequences.flat()).toEqual(written);
      expect(traces.size).toBe(trace.length);
      for (const { shape } of traces.values()) expect(shape).toEqual([3, shape[1], maxTokens + 1, 6]);
      expect({ ...backend.memory }).toEqual(before);
    });

    test("greedy decoding stops at the end token, for each sequence at its own", async () => {
      const whole = fixture.floats("written");
      const maxTokens = whole.length / batch.source.batch;
      const rows = Array.from({ length: batch.source.batch }, (_, i) => [
        ...whole.subarray(i * maxTokens, (i + 1) * maxTokens),
      ]);
      const endId = rows[0]![1]!;
      const { sequences } = await translateGreedily(model, batch.source, { startId: START_ID, endId, maxTokens });
      expect(sequences).toEqual(rows.map((row) => (row.includes(endId) ? row.slice(0, row.indexOf(endId)) : row)));
    });

    test("what comes later in the target changes nothing before it", async () => {
      const length = batch.inputs.ids.length / batch.inputs.batch;
      const changed = batch.inputs.ids.map((id, i) => (i % length >= 2 ? 3 : id));
      const [one, other] = [await decode([]), await decode([], { ...batch.inputs, ids: changed })];
      const size = one.outputs[0]!.length / batch.inputs.ids.length;
      for (let row = 0; row < batch.inputs.batch; row++) {
        const early = [one, other].map(({ outputs }) =>
          outputs[0]!.slice(row * length * size, (row * length + 2) * size),
        );
        expect(early[0]).toEqual(early[1]);
      }
      expect(one.outputs).not.toEqual(other.outputs);
    });

    test("padding changes nothing: a source alone gives what it gives in a batch", async () => {
      const length = batch.inputs.ids.length / batch.inputs.batch;
      const alone = await decode(
        [],
        { ids: batch.inputs.ids.slice(length, 2 * length), batch: 1 },
        { ids: batch.source.ids.slice(6, 6 + batch.source.lengths![1]!), batch: 1 },
      );
      const together = await decode([]);
      // The second target is as long as the batch: none of its tokens is padding.
      const size = together.outputs[0]!.length / batch.inputs.batch;
      expect(relativeError(alone.outputs[0]!, together.outputs[0]!.subarray(size, 2 * size))).toBeLessThan(1e-5);
    });
  });
}

function pairs({ sourceIds, sourceLengths, inputIds, inputLengths, targets }: Batch): Seq2SeqBatch {
  const batch = sourceLengths!.length;
  return {
    source: { ids: Int32Array.from(sourceIds!), batch, lengths: Int32Array.from(sourceLengths!) },
    inputs: { ids: Int32Array.from(inputIds!), batch, lengths: Int32Array.from(inputLengths!) },
    targets: Int32Array.from(targets!),
  };
}
