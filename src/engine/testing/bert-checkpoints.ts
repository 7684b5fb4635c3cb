import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import type { BertConfig } from "../files/config.ts";
import { type TensorView, toFloat32 } from "../files/safetensors.ts";
import { Bert, type BertBatch } from "../models/bert.ts";
import { bertBatch, bertConfig } from "./bert-fixture.ts";
import { compute, type ModelFixture, openModelFixture } from "./model-fixture.ts";
import { relativeError } from "./relative-error.ts";

/** Holds BERT, on one backend, to the forms in which its checkpoints come. @param tolerance largest relative error of 8-bit against 32-bit */
export function describeBertCheckpoints(name: string, createBackend: () => Promise<Backend>, tolerance: number): void {
  describe(`checkpoints of BERT on ${name}`, () => {
    let backend: Backend;
    let fixture: ModelFixture;
    let config: BertConfig;
    let batch: BertBatch;
    let model: Bert;
    beforeAll(async () => {
      backend = await createBackend();
      fixture = await openModelFixture("bert");
      config = bertConfig(fixture.config);
      batch = bertBatch(fixture.batch);
      model = Bert.open(backend, config, fixture.weights);
    });
    afterAll(() => {
      model.dispose();
      backend.dispose();
    });

    const hiddenOf = async (own: Bert) =>
      (await compute(backend, (tape) => [own.forward(tape, batch).hidden])).outputs[0]!;

    test("opens a bare encoder, whose tensors have no prefix", async () => {
      const bare = [...fixture.weights].filter(([key]) => key.startsWith("bert.") && !key.includes("pooler"));
      const encoder = Bert.open(backend, config, new Map(bare.map(([key, view]) => [key.slice(5), view])));
      expect(encoder.heads).toEqual({ pooler: false, maskedLm: false, nextSentence: false, classes: 0 });
      expect(await hiddenOf(encoder)).toEqual(await hiddenOf(model));
      encoder.dispose();
    });

    test("opens a checkpoint of the first years, whose layer norms have a gamma and a beta", async () => {
      const old = [...fixture.weights].map(([key, view]) => {
        return [key.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta"), view];
      }) as [string, TensorView][];
      const first = Bert.open(backend, config, new Map(old));
      expect(first.heads).toEqual({ pooler: true, maskedLm: true, nextSentence: true, classes: 0 });
      expect(await hiddenOf(first)).toEqual(await hiddenOf(model));
      first.dispose();
    });

    test("8-bit weights stay as they are, and give what the same numbers in 32 bits give", async () => {
      const rounded = new Map([...fixture.weights].flatMap(([key, view]) => inInt8(key, view)));
      const small = Bert.open(backend, config, rounded);
      const large = Bert.open(backend, config, rounded, { packed: false });
      const run = async (own: Bert) =>
        (
          await compute(backend, (tape) => [
            own.tokenLogits(tape, own.forward(tape, batch), Int32Array.from(batch.ids.keys())),
          ])
        ).outputs[0]!;
      const quantized = [...small.parameters].filter(({ storage }) => "codes" in storage);
      expect(quantized).toHaveLength(3 + 2 * 6 + 1 + 1 + 1);
      expect(relativeError(await run(small), await run(large))).toBeLessThan(tolerance);
      small.dispose();
      large.dispose();
    });

    test("what is missing or misshapen is named, and nothing stays in memory", () => {
      const before = { ...backend.memory };
      const without = new Map([...fixture.weights].filter(([key]) => key !== "bert.encoder.layer.1.output.dense.bias"));
      expect(() => Bert.open(backend, config, without)).toThrow(expect.objectContaining({ code: "missing-tensor" }));
      expect(() => Bert.open(backend, { ...config, innerWidth: 24 }, fixture.weights)).toThrow(
        expect.objectContaining({ code: "wrong-shape" }),
      );
      expect({ ...backend.memory }).toEqual(before);
    });
  });
}

/** A matrix in 8 bits, with a scale for each row. */
function inInt8(name: string, view: TensorView): [string, TensorView][] {
  const [rows = 0, columns = 0] = view.shape;
  if (view.shape.length !== 2) return [[name, view]];
  const numbers = toFloat32(view);
  const scales = Float32Array.from({ length: rows }, (_, row) => {
    const own = numbers.subarray(row * columns, (row + 1) * columns);
    return own.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) / 127;
  });
  const codes = Int8Array.from(numbers, (value, i) => Math.round(value / scales[Math.floor(i / columns)]!));
  const scaleName = `${name}.scale`;
  return [
    [name, { name, dtype: "I8", shape: view.shape, data: new Uint8Array(codes.buffer) }],
    [scaleName, { name: scaleName, dtype: "F32", shape: [rows, 1], data: new Uint8Array(scales.buffer) }],
  ];
}
