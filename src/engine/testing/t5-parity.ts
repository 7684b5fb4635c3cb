import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { JsonObject } from "../files/json.ts";
import { parseSafetensors } from "../files/safetensors.ts";
import { parseT5Config, type T5Config } from "../files/t5-config.ts";
import { type Seq2SeqBatch, seq2SeqLoss, translateGreedily } from "../models/seq2seq.ts";
import { T5 } from "../models/t5.ts";
import { T5Tree } from "../models/t5-tree.ts";
import { hasTiedHead } from "../models/t5-weights.ts";
import { Random } from "../random.ts";
import { writeSafetensors } from "./folders.ts";
import { loadFixture } from "./load.ts";
import { compute, type ModelFixture, openModelFixture } from "./model-fixture.ts";
import { inHalves, inInt8 } from "./narrow.ts";
import { relativeError } from "./relative-error.ts";
import { type Batch, describeTraining } from "./training-run.ts";
import { expectSameDistribution, expectSameTexts, type Filtered, type Run } from "./transformers.ts";

interface Decoding {
  readonly runs: readonly (Run & { readonly source: readonly number[] })[];
  readonly filters: readonly (Filtered & { readonly source: readonly number[] })[];
}

const decoding: Decoding = JSON.parse(
  new TextDecoder().decode(await loadFixture("src/engine/testdata/t5-decoding.json")),
);

/** Layers of the two fixtures, and whether the head is the table of the words. */
const FIXTURES = [
  { fixtureName: "t5", encoderLayers: 3, decoderLayers: 2, tied: true },
  { fixtureName: "mt5", encoderLayers: 2, decoderLayers: 2, tied: false },
] as const;

/** Holds T5, on one backend, against transformers (`training/fixtures_t5.py`), and against itself. @param tolerance largest relative error */
export function describeT5(
  name: string,
  createBackend: () => Promise<Backend>,
  tolerance: number,
  gradientTolerance: number,
): void {
  for (const { fixtureName, encoderLayers, decoderLayers, tied } of FIXTURES) {
    describeTraining(
      name,
      fixtureName,
      createBackend,
      (backend, config: unknown, weights) => {
        const model = new T5(backend, t5Config(config), tied, weights, { trainable: () => true });
        return { parameters: model.parameters, loss: (tape, batch) => seq2SeqLoss(model, tape, pairs(batch)) };
      },
      gradientTolerance,
    );

    describe(`${fixtureName} on ${name}`, () => {
      let backend: Backend;
      let fixture: ModelFixture;
      let model: T5;
      let batch: Seq2SeqBatch;
      beforeAll(async () => {
        backend = await createBackend();
        fixture = await openModelFixture(fixtureName);
        model = T5.open(backend, t5Config(fixture.config), fixture.weights);
        batch = pairs(fixture.batch);
      });
      afterAll(() => {
        model.dispose();
        backend.dispose();
      });

      const decode = (wanted: readonly string[], { inputs, source } = batch) =>
        compute(backend, (tape, trace) => [model.decode(tape, model.encode(tape, source, trace), inputs, trace)], {
          names: model.traceNames,
          wanted,
        });

      test("logits, hidden states and attention equal PyTorch's", async () => {
        const stack = (own: "encoder" | "decoder", layers: number): [string, string][] => [
          ...Array.from({ length: layers }, (_, i): [string, string][] => [
            [`${own}.${i}.resid_pre`, `${own}Hidden.${i}`],
            [`${own}.${i}.attn.pattern`, `${own}Attention.${i}`],
          ]).flat(),
          [`${own}.ln_final.normalized`, `${own}Hidden.${layers}`],
        ];
        const watched = [
          ...stack("encoder", encoderLayers),
          ...stack("decoder", decoderLayers),
          ...Array.from({ length: decoderLayers }, (_, i) => [
            `decoder.${i}.cross_attn.pattern`,
            `crossAttention.${i}`,
          ]),
        ];
        const { outputs, traces } = await decode(watched.map(([own]) => own!));
        expect(relativeError(outputs[0]!, fixture.floats("logits")), "logits").toBeLessThan(tolerance);
        for (const [own, theirs] of watched) {
          expect(relativeError(traces.get(own!)!.data, fixture.floats(theirs!)), own).toBeLessThan(tolerance);
        }
      });

      test("the head is tied where the file has no other", () => {
        expect(hasTiedHead(fixture.weights)).toBe(tied);
        expect(model.weights.head === model.weights.words).toBe(tied);
      });

      test("a trace holds every intermediate, and changes no output, to the last bit", async () => {
        const [plain, traced] = [await decode([]), await decode([...model.traceNames])];
        expect(traced.outputs).toEqual(plain.outputs);
        expect([...traced.traces.keys()].sort()).toEqual([...model.traceNames].sort());
        const { heads } = model.config;
        expect(traced.traces.get("encoder.rel_pos_bias")!.shape).toEqual([1, heads, 14, 14]);
        expect(traced.traces.get("decoder.1.cross_attn.scores")!.shape).toEqual([3, heads, 14, 14]);
        // Softmax makes the pattern of what is shown as scores, the bias included.
        for (const key of ["encoder.1.attn", "decoder.1.attn", "decoder.1.cross_attn"]) {
          const [scores, pattern] = ["scores", "pattern"].map((part) => traced.traces.get(`${key}.${part}`)!.data);
          expect(relativeError(softmaxRows(scores!, 14), pattern!), key).toBeLessThan(1e-4);
        }
      });

      test("padding changes nothing: a source alone gives what it gives in a batch", async () => {
        const length = batch.inputs.ids.length / batch.inputs.batch;
        const sourceLength = batch.source.ids.length / batch.source.batch;
        const alone = await decode([], {
          ...batch,
          // The second target is as long as the batch: none of its tokens is padding.
          inputs: { ids: batch.inputs.ids.slice(length, 2 * length), batch: 1 },
          source: {
            ids: batch.source.ids.slice(sourceLength, sourceLength + batch.source.lengths![1]!),
            batch: 1,
          },
        });
        const together = (await decode([])).outputs[0]!;
        const size = together.length / batch.inputs.batch;
        expect(relativeError(alone.outputs[0]!, together.subarray(size, 2 * size))).toBeLessThan(1e-5);
      });

      test("greedy decoding writes what PyTorch writes", async () => {
        const written = [...fixture.floats("written")];
        const maxTokens = written.length / batch.source.batch;
        // A token that never comes ends nothing.
        const { sequences } = await translateGreedily(model, batch.source, { startId: 0, endId: -1, maxTokens });
        expect(sequences.flat()).toEqual(written);
      });

      test("weights in halves and in 8 bits give what the same numbers give in 32 bits", async () => {
        const eight = parseSafetensors(writeSafetensors(inInt8(fixture.weights, "rows")).buffer);
        for (const narrow of [inHalves(fixture.weights), eight]) {
          const [small, large] = [true, false].map((packed) => T5.open(backend, model.config, narrow, { packed }));
          const [a, b] = await Promise.all(
            [small!, large!].map(async (own) => {
              const { outputs } = await compute(backend, (tape) => [
                own.decode(tape, own.encode(tape, batch.source), batch.inputs),
              ]);
              own.dispose();
              return outputs[0]!;
            }),
          );
          expect(relativeError(a!, b!)).toBeLessThan(1e-4);
        }
      });

      test("over the cache, token by token and in branches, the logits are those of the whole at once", async () => {
        const before = { ...backend.memory };
        const length = batch.inputs.ids.length / batch.inputs.batch;
        const target = [...batch.inputs.ids.slice(length, 2 * length)];
        const source = [...batch.source.ids.slice(0, 14)];
        const { outputs } = await decode([], {
          ...batch,
          inputs: { ids: Int32Array.from(target), batch: 1 },
          source: { ids: Int32Array.from(source), batch: 1 },
        });
        const row = (i: number) => outputs[0]!.subarray(i * 29, (i + 1) * 29);
        const tree = new T5Tree(model, source);
        const first = await tree.append(null, target.slice(0, 3));
        expect(relativeError(first.logits, row(2))).toBeLessThan(tolerance);
        // Two branches, of which the second goes on as the target does.
        const [, own] = await tree.extend([first.node, first.node], [(target[3]! + 1) % 29, target[3]!]);
        expect(relativeError(own!.logits, row(3))).toBeLessThan(tolerance);
        const last = await tree.append(own!.node, target.slice(4));
        expect(relativeError(last.logits, row(target.length - 1))).toBeLessThan(tolerance);
        expect(tree.depth(last.node)).toBe(target.length);
        tree.dispose();
        expect({ ...backend.memory }).toEqual(before);
      });
    });
  }

  describe(`T5 on ${name} decodes as transformers does`, () => {
    let backend: Backend;
    let model: T5;
    beforeAll(async () => {
      backend = await createBackend();
      const fixture = await openModelFixture("t5");
      model = T5.open(backend, t5Config(fixture.config), fixture.weights);
    });
    afterAll(() => {
      model.dispose();
      backend.dispose();
    });

    const withTree = async (source: readonly number[], check: (tree: T5Tree) => Promise<void>): Promise<void> => {
      const tree = new T5Tree(model, source);
      try {
        await check(tree);
      } finally {
        tree.dispose();
      }
    };
    const titled = <Case extends { readonly source: readonly number[]; readonly settings: object }>(
      cases: readonly Case[],
    ) => cases.map((own) => ({ ...own, title: `${own.source.length} tokens ${JSON.stringify(own.settings)}` }));

    test.each(titled(decoding.runs))("texts and scores: $title", (run) =>
      withTree(run.source, (tree) => expectSameTexts(tree, run)),
    );

    test.each(titled(decoding.filters))("distribution: $title", (filtered) =>
      withTree(filtered.source, (tree) => expectSameDistribution(tree, filtered)),
    );

    test("what cannot be read is refused with a sentence, and nothing stays in memory", async () => {
      const before = { ...backend.memory };
      for (const source of [[], [29], [-1], [0.5], new Array<number>(513).fill(3)]) {
        expect(() => new T5Tree(model, source)).toThrow(expect.objectContaining({ code: "bad-input" }));
      }
      await withTree([3, 1], async (tree) => {
        await expect(tree.append(null, [])).rejects.toMatchObject({ code: "bad-input" });
        await expect(tree.append(null, [29])).rejects.toMatchObject({ code: "bad-input" });
      });
      expect({ ...backend.memory }).toEqual(before);
    });

    test("the same seed draws the same model", async () => {
      const [one, same, other] = [7, 7, 8].map((seed) => T5.create(backend, model.config, true, new Random(seed)));
      const [a, b, c] = await Promise.all(
        [one!, same!, other!].map(async (own) => {
          const tree = new T5Tree(own, [3, 4, 1]);
          const { logits } = await tree.append(null, [0, 5]);
          tree.dispose();
          return logits;
        }),
      );
      expect(a).toEqual(b);
      expect(a).not.toEqual(c);
      for (const own of [one, same, other]) own!.dispose();
    });
  });
}

function t5Config(json: unknown): T5Config {
  return parseT5Config(new JsonObject(json, "the fixture"));
}

function pairs({ sourceIds, sourceLengths, inputIds, inputLengths, targets }: Batch): Seq2SeqBatch {
  const batch = sourceLengths!.length;
  return {
    source: { ids: Int32Array.from(sourceIds!), batch, lengths: Int32Array.from(sourceLengths!) },
    inputs: { ids: Int32Array.from(inputIds!), batch, lengths: Int32Array.from(inputLengths!) },
    targets: Int32Array.from(targets!),
  };
}

function softmaxRows(scores: Float32Array, width: number): Float32Array {
  const out = new Float32Array(scores.length);
  for (let start = 0; start < scores.length; start += width) {
    const row = scores.subarray(start, start + width);
    const largest = row.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
    const powers = row.map((value) => Math.exp(value - largest));
    const sum = powers.reduce((total, value) => total + value, 0);
    out.set(
      powers.map((value) => value / sum),
      start,
    );
  }
  return out;
}
