import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import type { BertConfig } from "../files/config.ts";
import { Bert, type BertBatch } from "../models/bert.ts";
import { readText } from "../models/bert-reading.ts";
import { trainableAbove } from "../models/bert-weights.ts";
import { AdamW } from "../optim/adam-w.ts";
import { decayMatrices } from "../optim/optimizer.ts";
import { Random } from "../random.ts";
import { Tape } from "../tensor/tape.ts";
import { bertBatch, bertConfig, ints } from "./bert-fixture.ts";
import { compute, type ModelFixture, openModelFixture } from "./model-fixture.ts";
import { relativeError } from "./relative-error.ts";
import { type Batch, describeTraining } from "./training-run.ts";

/**
 * Holds BERT, on one backend, against transformers (`training/fixtures_bert.py`), and against itself.
 *
 * @param tolerance largest relative error of hidden states, attention and logits
 * @param gradientTolerance largest relative error of a gradient
 */
export function describeBert(
  name: string,
  createBackend: () => Promise<Backend>,
  tolerance: number,
  gradientTolerance: number,
): void {
  const encoder = { pooler: true, maskedLm: false, nextSentence: false, classes: 0 };
  describeTraining(
    name,
    "bert",
    createBackend,
    (backend, config: unknown, weights) => {
      const model = new Bert(backend, bertConfig(config), { ...encoder, maskedLm: true, nextSentence: true }, weights, {
        trainable: () => true,
      });
      const loss = (tape: Tape, batch: Batch) =>
        model.pretrainingLoss(tape, bertBatch(batch), ints(batch.targets), ints(batch.nextSentence));
      return { parameters: model.parameters, loss };
    },
    gradientTolerance,
  );
  describeTraining(
    name,
    "bert-classifier",
    createBackend,
    (backend, config: unknown, weights) => {
      const model = new Bert(backend, bertConfig(config), { ...encoder, classes: 3 }, weights, {
        trainable: () => true,
      });
      const loss = (tape: Tape, batch: Batch) => model.classificationLoss(tape, bertBatch(batch), ints(batch.classes));
      return { parameters: model.parameters, loss };
    },
    gradientTolerance,
  );

  describe(`BERT on ${name}`, () => {
    let backend: Backend;
    let fixture: ModelFixture;
    let config: BertConfig;
    let model: Bert;
    let batch: BertBatch;
    beforeAll(async () => {
      backend = await createBackend();
      fixture = await openModelFixture("bert");
      config = bertConfig(fixture.config);
      model = Bert.open(backend, config, fixture.weights);
      batch = bertBatch(fixture.batch);
    });
    afterAll(() => {
      model.dispose();
      backend.dispose();
    });

    const everyRow = () => Int32Array.from(batch.ids.keys());
    const hiddenOf = async (own: Bert, input: BertBatch) =>
      (await compute(backend, (tape) => [own.forward(tape, input).hidden])).outputs[0]!;

    test("hidden states, attention, pooled vector and logits equal PyTorch's", async () => {
      const { outputs, traces } = await compute(
        backend,
        (tape, trace) => {
          const output = model.forward(tape, batch, trace);
          return [
            output.hidden,
            output.pooled!,
            model.tokenLogits(tape, output, everyRow()),
            model.nextSentenceLogits(tape, output),
          ];
        },
        { names: model.traceNames, wanted: ["full_embed", "blocks.*.normalized_resid_post", "blocks.*.attn.pattern"] },
      );
      const [hidden, pooled, tokenLogits, nextSentenceLogits] = outputs;
      const wanted: [string, Float32Array | undefined][] = [
        ["hidden.0", traces.get("full_embed")?.data],
        ["hidden.1", traces.get("blocks.0.normalized_resid_post")?.data],
        ["hidden.2", traces.get("blocks.1.normalized_resid_post")?.data],
        ["hidden.2", hidden],
        ["attention.0", traces.get("blocks.0.attn.pattern")?.data],
        ["attention.1", traces.get("blocks.1.attn.pattern")?.data],
        ["pooled", pooled],
        ["tokenLogits", tokenLogits],
        ["nextSentenceLogits", nextSentenceLogits],
      ];
      for (const [key, actual] of wanted) {
        expect(relativeError(actual ?? [], fixture.floats(key)), key).toBeLessThan(tolerance);
      }
    });

    test("the logits of a classifier equal PyTorch's", async () => {
      const classified = await openModelFixture("bert-classifier");
      const classifier = Bert.open(backend, bertConfig(classified.config), classified.weights);
      expect(classifier.heads).toEqual({ pooler: true, maskedLm: false, nextSentence: false, classes: 3 });
      const { outputs } = await compute(backend, (tape) => [
        classifier.classLogits(tape, classifier.forward(tape, bertBatch(classified.batch))),
      ]);
      expect(relativeError(outputs[0]!, classified.floats("classLogits"))).toBeLessThan(tolerance);
      classifier.dispose();
    });

    test("a trace holds every intermediate, and changes no output, to the last bit", async () => {
      const plain = await hiddenOf(model, batch);
      const { outputs, traces } = await compute(backend, (tape, trace) => [model.forward(tape, batch, trace).hidden], {
        names: model.traceNames,
        wanted: ["*", "blocks.*.*", "blocks.*.*.*"],
      });
      expect(outputs[0]).toEqual(plain);
      expect([...traces.keys()].sort()).toEqual([...model.traceNames].sort());
      const shapes = Object.fromEntries([...traces].map(([key, { shape }]) => [key, shape.join()]));
      expect(shapes).toMatchObject({
        embed: "3,8,12",
        "blocks.0.attn.q": "3,8,3,4",
        "blocks.1.attn.scores": "3,3,8,8",
        "blocks.1.attn.pattern": "3,3,8,8",
        "blocks.1.mlp.post": "3,8,20",
        pooler_out: "3,12",
      });
      expect(softmaxRows(traces.get("blocks.1.attn.scores")!.data, 8)).toSatisfy(
        (rows: Float32Array) => relativeError(rows, traces.get("blocks.1.attn.pattern")!.data) < 1e-4,
      );
      // What is added up really is the sum of what is shown.
      const [pre, out, mid] = ["resid_pre", "attn_out", "resid_mid"].map((key) => traces.get(`blocks.1.${key}`)!.data);
      expect(
        relativeError(
          pre!.map((value, i) => value + out![i]!),
          mid!,
        ),
      ).toBeLessThan(1e-6);
    });

    test("padding changes nothing: a sequence alone gives what it gives in a batch", async () => {
      const length = 5;
      const own = { ids: batch.ids.slice(8, 8 + length), segments: batch.segments!.slice(8, 8 + length), batch: 1 };
      const together = (await hiddenOf(model, batch)).subarray(8 * config.width, (8 + length) * config.width);
      expect(relativeError(await hiddenOf(model, own), together)).toBeLessThan(1e-5);
    });

    test("fine-tuning moves what is not frozen, and nothing else", async () => {
      const options = { trainable: trainableAbove(1) };
      const tuned = Bert.withNewClassifier(backend, config, fixture.weights, 2, new Random(4), options);
      const trained = tuned.parameters.trainable().map((parameter) => parameter.name);
      expect(trained.every((key) => /^(classifier|bert\.pooler|bert\.encoder\.layer\.1)\./.test(key))).toBe(true);
      expect(trained).toHaveLength(16 + 2 + 2);
      const before = await weightsOf(tuned);
      const optimizer = new AdamW(backend, decayMatrices(tuned.parameters, 0));
      const losses: number[] = [];
      for (let step = 0; step < 8; step++) {
        const tape = new Tape(backend);
        tuned.parameters.zeroGradients();
        const loss = tuned.classificationLoss(tape, batch, Int32Array.of(0, 1, 0));
        tape.backward(loss);
        optimizer.step(0.02);
        const [value] = await backend.read([{ storage: loss.storage, offset: 0, length: 1 }]);
        losses.push(value![0]!);
        tape.dispose();
      }
      const after = await weightsOf(tuned);
      for (const [key, numbers] of after) {
        // A key's bias shifts all scores of a query alike, which softmax does not see: it has no gradient.
        if (trained.includes(key) && !key.endsWith("key.bias")) expect(numbers, key).not.toEqual(before.get(key));
        if (!trained.includes(key)) expect(numbers, key).toEqual(before.get(key));
      }
      expect(losses.at(-1)).toBeLessThan(losses[0]! / 2);
      optimizer.dispose();
      tuned.dispose();
    });

    test("vectors can take the place of the word embeddings", async () => {
      const { outputs } = await compute(backend, (tape) => {
        const words = model.embed(tape, batch);
        return [model.forward(tape, { ...batch, ids: batch.ids.map(() => 0) }, undefined, words).hidden];
      });
      expect(outputs[0]).toEqual(await hiddenOf(model, batch));
    });

    test("the same seed draws the same model", async () => {
      const heads = { pooler: true, maskedLm: true, nextSentence: true, classes: 0 };
      const [one, same, other] = [7, 7, 8].map((seed) => Bert.create(backend, config, heads, new Random(seed)));
      expect(await hiddenOf(one!, batch)).toEqual(await hiddenOf(same!, batch));
      expect(await hiddenOf(one!, batch)).not.toEqual(await hiddenOf(other!, batch));
      for (const own of [one, same, other]) own!.dispose();
    });

    test.each([
      [[0.5], [0], [0]],
      [[2 ** 32], [0], [0]],
      [[1], [2], [0]],
      [[1], [-1], [0]],
      [[1], [0, 0], [0]],
      [[1], [0], [1]],
      [[1], [0], [-1]],
      [[1], [0], [0.5]],
    ])(
      "ids %j, segments %j and guesses %j are refused, and nothing stays in memory",
      async (ids, segments, guesses) => {
        const before = { ...backend.memory };
        await expect(readText(model, { ids, segments }, { guesses })).rejects.toMatchObject({ code: "bad-input" });
        expect({ ...backend.memory }).toEqual(before);
      },
    );

    test("what cannot be read is refused with a sentence, and nothing stays in memory", async () => {
      const before = { ...backend.memory };
      const forward = (input: BertBatch) => {
        const tape = new Tape(backend, "off");
        try {
          return () => model.forward(tape, input);
        } finally {
          tape.dispose();
        }
      };
      expect(forward({ ids: new Int32Array(11), batch: 1 })).toThrow("模型最多读 10 个");
      expect(forward({ ids: new Int32Array(0), batch: 1 })).toThrow("至少要有一个词元");
      expect(forward({ ids: Int32Array.of(3, 37), batch: 1 })).toThrow("词表里没有编号 37");
      expect(forward({ ids: Int32Array.of(3, 4), batch: 1, lengths: Int32Array.of(3) })).toThrow(
        expect.objectContaining({ code: "bad-input" }),
      );
      expect({ ...backend.memory }).toEqual(before);
    });

    async function weightsOf(own: Bert): Promise<Map<string, Float32Array>> {
      const parameters = [...own.parameters];
      const read = await backend.read(
        parameters.map(({ storage }) => ({ storage, offset: 0, length: storage.length })),
      );
      return new Map(parameters.map((parameter, i) => [parameter.name, read[i]!]));
    }
  });
}

function softmaxRows(scores: Float32Array, width: number): Float32Array {
  const out = new Float32Array(scores.length);
  for (let start = 0; start < scores.length; start += width) {
    const row = scores.subarray(start, start + width).map(Math.exp);
    const sum = row.reduce((total, value) => total + value, 0);
    out.set(
      row.map((value) => value / sum),
      start,
    );
  }
  return out;
}
