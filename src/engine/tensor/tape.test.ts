import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { attention } from "./ops/attention.ts";
import { add, affine, multiply, square } from "./ops/elementwise.ts";
import { concatRows, embedding } from "./ops/embedding.ts";
import { linear } from "./ops/linear.ts";
import { crossEntropy, weightedSum } from "./ops/losses.ts";
import { lstmCell } from "./ops/lstm.ts";
import { layerNorm } from "./ops/normalization.ts";
import { type Parameter, Parameters } from "./parameters.ts";
import { Tape, type Tensor } from "./tape.ts";

let backend: Backend;
beforeAll(async () => {
  backend = await createCpuBackend();
});
afterAll(() => backend.dispose());

/** Parameters and a tape for one test; all memory must be free when it is done. */
async function withTape(work: (tape: Tape, parameters: Parameters) => Promise<void>): Promise<void> {
  const before = { ...backend.memory };
  const [tape, parameters] = [new Tape(backend), new Parameters(backend)];
  await work(tape, parameters);
  tape.dispose();
  parameters.dispose();
  expect({ ...backend.memory }).toEqual(before);
}

async function gradientOf({ gradient }: Tensor): Promise<number[]> {
  if (!gradient) throw new Error("There is no gradient.");
  const [numbers] = await backend.read([{ storage: gradient, offset: 0, length: gradient.length }]);
  return [...numbers!];
}

function sum(tape: Tape, x: Tensor): Tensor {
  return weightedSum(tape, x, new Float32Array(x.storage.length).fill(1));
}

function vector(parameters: Parameters, numbers: readonly number[], trainable = true): Parameter {
  return parameters.add(`x${[...parameters].length}`, [numbers.length], Float32Array.from(numbers), trainable);
}

test("a tensor that is used twice gets both gradients", () =>
  withTape(async (tape, parameters) => {
    const x = vector(parameters, [1, 2, 3]);
    // x² + 3x, by x: 2x + 3
    tape.backward(sum(tape, add(tape, square(tape, x), affine(tape, x, 3))));
    expect(await gradientOf(x)).toEqual([5, 7, 9]);
  }));

test("a tensor that is both operands gets both gradients", () =>
  withTape(async (tape, parameters) => {
    const x = vector(parameters, [1, 2, 3]);
    tape.backward(sum(tape, multiply(tape, x, x)));
    expect(await gradientOf(x)).toEqual([2, 4, 6]);
  }));

test("a view has the gradient of what it shows", () =>
  withTape(async (tape, parameters) => {
    const x = vector(parameters, [1, 2, 3, 4]);
    tape.backward(sum(tape, square(tape, tape.view(x, [2, 2]))));
    expect(await gradientOf(x)).toEqual([2, 4, 6, 8]);
    expect(() => tape.view(x, [3])).toThrow(expect.objectContaining({ code: "internal" }));
  }));

test("gradients of several tapes add up until they are set to zero", () =>
  withTape(async (_, parameters) => {
    const x = vector(parameters, [1, 2]);
    const runBack = () => {
      const tape = new Tape(backend);
      tape.backward(sum(tape, square(tape, x)));
      tape.dispose();
    };
    runBack();
    runBack();
    expect(await gradientOf(x)).toEqual([4, 8]);
    parameters.zeroGradients();
    runBack();
    expect(await gradientOf(x)).toEqual([2, 4]);
  }));

test("a tape with gradients off computes, and records nothing", () =>
  withTape(async (_, parameters) => {
    const x = vector(parameters, [1, 2]);
    const tape = new Tape(backend, "off");
    const before = backend.memory.storages;
    const y = square(tape, x);
    expect(y.gradient).toBeNull();
    expect(backend.memory.storages).toBe(before + 1);
    const [numbers] = await backend.read([{ storage: y.storage, offset: 0, length: 2 }]);
    expect([...numbers!]).toEqual([1, 4]);
    expect(() => tape.backward(sum(tape, y))).toThrow(expect.objectContaining({ code: "internal" }));
    tape.dispose();
  }));

test("a tape runs back once", () =>
  withTape(async (tape, parameters) => {
    const x = vector(parameters, [1, 2]);
    const loss = sum(tape, square(tape, x));
    tape.backward(loss);
    expect(() => tape.backward(loss)).toThrow(expect.objectContaining({ code: "internal" }));
    expect(await gradientOf(x)).toEqual([2, 4]);
  }));

test("only a scalar is a loss", () =>
  withTape(async (tape, parameters) => {
    expect(() => tape.backward(square(tape, vector(parameters, [1, 2])))).toThrow(
      expect.objectContaining({ code: "internal" }),
    );
  }));

describe("frozen weights", () => {
  test("get no gradient; what stands beside them does", () =>
    withTape(async (tape, parameters) => {
      const [x, frozen] = [vector(parameters, [1, 2]), vector(parameters, [3, 4], false)];
      tape.backward(sum(tape, multiply(tape, x, frozen)));
      expect(frozen.gradient).toBeNull();
      expect(parameters.trainable()).toEqual([x]);
      expect(await gradientOf(x)).toEqual([3, 4]);
    }));

  test("make a loss that nothing flows back from", () =>
    withTape(async (tape, parameters) => {
      const loss = sum(tape, square(tape, vector(parameters, [3, 4], false)));
      expect(() => tape.backward(loss)).toThrow(expect.objectContaining({ code: "internal" }));
    }));

  test("a linear layer of which only the bias is trained", () =>
    withTape(async (tape, parameters) => {
      const weight = parameters.add("weight", [2, 2], Float32Array.of(1, 2, 3, 4), false);
      const bias = vector(parameters, [0, 0]);
      const y = linear(tape, tape.constant(Float32Array.of(1, 1, 2, 2), [2, 2]), weight, bias);
      tape.backward(sum(tape, square(tape, y)));
      // y = [[4, 6], [8, 12]]
      expect(await gradientOf(bias)).toEqual([24, 36]);
    }));

  test("a layer norm of which only the bias is trained", () =>
    withTape(async (tape, parameters) => {
      const [gain, bias] = [vector(parameters, [1, 1], false), vector(parameters, [0, 0])];
      const x = tape.constant(Float32Array.of(1, 2, 3, 4), [2, 2]);
      tape.backward(weightedSum(tape, layerNorm(tape, x, gain, bias, 1e-5), Float32Array.of(1, 2, 3, 4)));
      expect(await gradientOf(bias)).toEqual([4, 6]);
    }));

  test("an LSTM's first cell needs no gradient, its gates do", () =>
    withTape(async (tape, parameters) => {
      const gates = parameters.add("gates", [1, 4], new Float32Array(4), true);
      const { hidden, cell } = lstmCell(tape, gates, tape.constant(new Float32Array(1), [1, 1]));
      tape.backward(sum(tape, add(tape, hidden, cell)));
      // All gates are open by half, and only the candidate moves: cell by ½, hidden by ¼.
      expect(await gradientOf(gates)).toEqual([0, 0, 0.75, 0]);
    }));
});

test("what does not fit is refused before it reaches a kernel", () =>
  withTape(async (tape, parameters) => {
    const [two, three] = [vector(parameters, [1, 2]), vector(parameters, [1, 2, 3])];
    const matrix = parameters.add("matrix", [2, 2], new Float32Array(4), true);
    const whole = { batch: 1, heads: 2, causal: false };
    const wrong = [
      () => add(tape, two, three),
      () => linear(tape, three, matrix, null),
      () => layerNorm(tape, matrix, three, two, 1e-5),
      () => embedding(tape, matrix, Int32Array.of(0, 2)),
      () => embedding(tape, matrix, Int32Array.of(0, -1)),
      () => embedding(tape, matrix, Int32Array.of(0, 1), [3]),
      () => concatRows(tape, [matrix, three]),
      () => concatRows(tape, []),
      () => attention(tape, matrix, matrix, matrix, { ...whole, batch: 3 }),
      () => attention(tape, matrix, matrix, matrix, { ...whole, heads: 3 }),
      () => attention(tape, matrix, matrix, three, whole),
      () => crossEntropy(tape, matrix, Int32Array.of(0, 2)),
      () => crossEntropy(tape, matrix, Int32Array.of(0)),
      () => weightedSum(tape, three, new Float32Array(2)),
      () => lstmCell(tape, matrix, matrix),
      () => tape.constant(new Float32Array(3), [2]),
      () => parameters.add("matrix", [1], new Float32Array(1), true),
    ];
    for (const each of wrong) expect(each, each.toString()).toThrow(expect.objectContaining({ code: "internal" }));
  }));
