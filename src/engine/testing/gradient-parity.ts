import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import type { Storage } from "../backends/storage.ts";
import { parseSafetensors, type TensorView, toFloat32 } from "../files/safetensors.ts";
import { attention } from "../tensor/ops/attention.ts";
import * as elementwise from "../tensor/ops/elementwise.ts";
import { concatRows, embedding } from "../tensor/ops/embedding.ts";
import { linear } from "../tensor/ops/linear.ts";
import { crossEntropy, entropy, weightedSum } from "../tensor/ops/losses.ts";
import { lstmCell } from "../tensor/ops/lstm.ts";
import { layerNorm, rmsNorm } from "../tensor/ops/normalization.ts";
import { Parameters } from "../tensor/parameters.ts";
import { Tape, type Tensor } from "../tensor/tape.ts";
import cases from "../testdata/ops.json" with { type: "json" };
import { loadFixture } from "./load.ts";
import { relativeError } from "./relative-error.ts";

type Case = (typeof cases)[number];
type Outputs = Readonly<Record<string, Tensor>>;
type Apply = (tape: Tape, inputs: readonly Tensor[], options: Case) => Outputs;

const unary =
  (f: (tape: Tape, x: Tensor) => Tensor): Apply =>
  (tape, [x]) => ({ y: f(tape, x!) });
const binary =
  (f: (tape: Tape, a: Tensor, b: Tensor) => Tensor): Apply =>
  (tape, [a, b]) => ({ y: f(tape, a!, b!) });

/** Runs the operation of a case. Outputs have PyTorch's names, or are `y`. */
const OPERATIONS: Readonly<Record<string, Apply>> = {
  linear: (tape, [x, weight, bias], { transposed }) => ({
    y: linear(tape, x!, weight!, bias ?? null, { transposed: transposed ?? false }),
  }),
  embedding: (tape, [table], { ids, shape }) => ({ y: embedding(tape, table!, Int32Array.from(ids!), shape) }),
  concatRows: (tape, inputs) => ({ y: concatRows(tape, inputs) }),
  layerNorm: (tape, [x, gain, bias], { epsilon }) => ({ y: layerNorm(tape, x!, gain!, bias!, epsilon!) }),
  rmsNorm: (tape, [x, gain], { epsilon }) => ({ y: rmsNorm(tape, x!, gain!, epsilon!) }),
  attention: (tape, [q, k, v, bias], { batch, heads, causal, lengths }) => {
    const options = { batch: batch!, heads: heads!, causal: causal!, ...(bias && { bias }) };
    const padding = lengths ? { lengths: Int32Array.from(lengths) } : {};
    return { ...attention(tape, q!, k!, v!, { ...options, ...padding }) };
  },
  crossEntropy: (tape, [logits], { targets }) => ({ y: crossEntropy(tape, logits!, Int32Array.from(targets!)) }),
  weightedSum: (tape, [x], { weights }) => ({ y: weightedSum(tape, x!, Float32Array.from(weights!)) }),
  lstmCell: (tape, [gates, cell]) => ({ ...lstmCell(tape, gates!, cell!) }),
  affine: (tape, [x], { p, q }) => ({ y: elementwise.affine(tape, x!, p!, q) }),
  clamp: (tape, [x], { p, q }) => ({ y: elementwise.clamp(tape, x!, p!, q!) }),
  entropy: unary(entropy),
  exp: unary(elementwise.exp),
  square: unary(elementwise.square),
  tanh: unary(elementwise.tanh),
  relu: unary(elementwise.relu),
  silu: unary(elementwise.silu),
  gelu: unary(elementwise.gelu),
  geluTanh: unary(elementwise.geluTanh),
  logSigmoid: unary(elementwise.logSigmoid),
  add: binary(elementwise.add),
  subtract: binary(elementwise.subtract),
  multiply: binary(elementwise.multiply),
  minimum: binary(elementwise.minimum),
};

/**
 * Holds every operation, and the gradients by all of its operands, against PyTorch's (`training/fixtures_gradients.py`), on one backend.
 *
 * @param tolerance largest relative error
 */
export function describeGradients(name: string, createBackend: () => Promise<Backend>, tolerance: number): void {
  describe(`operations and gradients on ${name}`, () => {
    let backend: Backend;
    let tensors: Map<string, TensorView>;

    beforeAll(async () => {
      backend = await createBackend();
      tensors = parseSafetensors(await loadFixture("src/engine/testdata/ops.safetensors"));
    });
    afterAll(() => backend.dispose());

    const tensor = (key: string): { shape: readonly number[]; data: Float32Array } => {
      const view = tensors.get(key);
      if (!view) throw new Error(`The fixture has no ${key}.`);
      return { shape: view.shape, data: toFloat32(view) };
    };
    const read = async (storages: Storage[]): Promise<Float32Array[]> =>
      backend.read(storages.map((storage) => ({ storage, offset: 0, length: storage.length })));

    test("the fixture has every operation", () => {
      expect(new Set(cases.map(({ op }) => op))).toEqual(new Set(Object.keys(OPERATIONS)));
    });

    test.each(cases)("$name", async (each) => {
      const parameters = new Parameters(backend);
      const inputs = each.inputs.map((key) => {
        const { shape, data } = tensor(`${each.name}.in.${key}`);
        return parameters.add(key, shape, data, true);
      });
      // Twice, since gradients must add up.
      for (const times of [1, 2]) {
        const tape = new Tape(backend);
        const outputs = Object.entries(OPERATIONS[each.op]!(tape, inputs, each));
        const results = await read(outputs.map(([, { storage }]) => storage));
        for (const [i, [key, { shape }]] of outputs.entries()) {
          const expected = tensor(`${each.name}.out.${key}`);
          expect(shape, key).toEqual(expected.shape);
          expect(relativeError(results[i]!, expected.data), key).toBeLessThan(tolerance);
        }

        const weighted = outputs
          .filter(([, { gradient }]) => gradient)
          .map(([key, output]) => weightedSum(tape, output, tensor(`${each.name}.up.${key}`).data));
        tape.backward(weighted.reduce((sum, part) => elementwise.add(tape, sum, part)));
        const gradients = await read(inputs.map(({ gradient }) => gradient!));
        for (const [i, key] of each.inputs.entries()) {
          const expected = tensor(`${each.name}.grad.${key}`).data.map((value) => times * value);
          expect(relativeError(gradients[i]!, expected), `gradient by ${key}`).toBeLessThan(tolerance);
        }
        tape.dispose();
      }
      parameters.dispose();
    });

    test("where no row is asked for, the loss is zero and nothing flows back", async () => {
      const parameters = new Parameters(backend);
      const tape = new Tape(backend);
      const table = parameters.add("table", [5, 3], new Float32Array(15).fill(1), true);
      const bias = parameters.add("bias", [5], new Float32Array(5).fill(1), true);
      const none = new Int32Array(0);
      const logits = linear(tape, embedding(tape, table, none), table, bias, { transposed: true });
      const loss = weightedSum(tape, crossEntropy(tape, logits, none), new Float32Array(0));
      tape.backward(loss);
      const [value, ...gradients] = await read([loss.storage, table.gradient!, bias.gradient!]);
      expect([...value!]).toEqual([0]);
      for (const gradient of gradients) expect(gradient.every((one) => one === 0)).toBe(true);
      tape.dispose();
      parameters.dispose();
    });

    test("attention of one tensor to itself adds up what flows back to its three roles", async () => {
      const parameters = new Parameters(backend);
      const tape = new Tape(backend);
      const data = Float32Array.from({ length: 24 }, (_, i) => Math.sin(i * i));
      const [x, q, k, v] = ["x", "q", "k", "v"].map((key) => parameters.add(key, [4, 6], data, true)) as Tensor[];
      const options = { batch: 2, heads: 2, causal: true };
      for (const [a, b, c] of [
        [x!, x!, x!],
        [q!, k!, v!],
      ] as const) {
        tape.backward(weightedSum(tape, attention(tape, a, b, c, options).mixed, data));
      }
      const [all, ...roles] = await read([x, q, k, v].map((each) => each!.gradient!));
      const sum = roles.reduce((total, role) => total.map((value, i) => value + role[i]!));
      expect(relativeError(all!, sum)).toBeLessThan(tolerance);
      expect(sum.some((value) => value !== 0)).toBe(true);
      tape.dispose();
      parameters.dispose();
    });
  });
}
