import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { parseSafetensors, type TensorView, toFloat32 } from "../files/safetensors.ts";
import { takeTensor } from "../files/take-tensor.ts";
import type { WeightSource } from "../nn/weights.ts";
import { AdamW } from "../optim/adam-w.ts";
import { decayMatrices } from "../optim/optimizer.ts";
import type { Parameters } from "../tensor/parameters.ts";
import { Tape, type Tensor } from "../tensor/tape.ts";
import { loadFixture } from "./load.ts";
import { relativeError } from "./relative-error.ts";

/** Numbers of a batch by name, as `training/fixtures_common.py` was given them. */
export type Batch = Readonly<Record<string, readonly number[]>>;

/** A model as a test of its training sees it. */
export interface TrainedModel {
  readonly parameters: Parameters;
  /** The mean loss of a batch, [1]. */
  loss(tape: Tape, batch: Batch): Tensor;
}

interface Run<Config> {
  readonly config: Config;
  readonly batches: readonly Batch[];
  readonly learningRate: number;
  readonly losses: readonly number[];
}

/**
 * Some gradients are zero, such as those by the bias of keys, which softmax takes out again: PyTorch's, in f64, are below `ZERO`
 * of the model's largest, and ours are f32's rounding errors, measured against `ROUNDING` of the largest.
 */
const ZERO = 1e-10;
const ROUNDING = 1e-3;

/**
 * Holds the training of a model, on one backend, against PyTorch's (`write_training_run` in `training/fixtures_common.py`): gradients of all
 * parameters on the first batch, and the losses of ten AdamW steps with weight decay and clipping.
 *
 * @param fixture name of the run
 * @param build makes the model from the run's configuration and its first weights, all of them to be trained
 * @param tolerance largest relative error of a gradient; a loss may be off by 1e-4
 */
export function describeTraining<Config>(
  name: string,
  fixture: string,
  createBackend: () => Promise<Backend>,
  build: (backend: Backend, config: Config, weights: WeightSource) => TrainedModel,
  tolerance: number,
): void {
  describe(`${fixture} on ${name}`, () => {
    let backend: Backend;
    let run: Run<Config>;
    let tensors: Map<string, TensorView>;
    const create = (): TrainedModel =>
      build(backend, run.config, (key, shape) => takeTensor(tensors, `weight.${key}`, shape));

    beforeAll(async () => {
      backend = await createBackend();
      const folder = "src/engine/testdata/training";
      tensors = parseSafetensors(await loadFixture(`${folder}/${fixture}.safetensors`));
      run = JSON.parse(new TextDecoder().decode(await loadFixture(`${folder}/${fixture}.json`))) as Run<Config>;
    });
    afterAll(() => backend.dispose());

    test("the gradient of the loss by every parameter equals PyTorch's", async () => {
      const model = create();
      const { parameters } = model;
      const tape = new Tape(backend);
      tape.backward(model.loss(tape, run.batches[0]!));
      const trained = parameters.trainable();
      const gradients = await backend.read(
        trained.map(({ gradient }) => ({ storage: gradient, offset: 0, length: gradient.length })),
      );
      const expected = [...tensors]
        .filter(([key]) => key.startsWith("gradient."))
        .map(([key, view]) => [key.slice("gradient.".length), toFloat32(view)] as const);
      expect(trained.map((parameter) => parameter.name).sort()).toEqual(expected.map(([key]) => key).sort());
      const largest = Math.max(...expected.map(([, numbers]) => magnitude(numbers)));
      for (const [key, numbers] of expected) {
        const gradient = gradients[trained.findIndex((parameter) => parameter.name === key)]!;
        const floor = magnitude(numbers) < ZERO * largest ? ROUNDING * largest : 0;
        expect(relativeError(gradient, numbers, floor), key).toBeLessThan(tolerance);
      }
      tape.dispose();
      parameters.dispose();
    });

    test("ten steps of AdamW give PyTorch's losses, and leave no memory in use", async () => {
      const before = { ...backend.memory };
      const model = create();
      const { parameters } = model;
      const optimizer = new AdamW(backend, decayMatrices(parameters, 0.1), { maxNorm: 1 });
      const losses: number[] = [];
      for (const step of run.losses.keys()) {
        const tape = new Tape(backend);
        parameters.zeroGradients();
        const mean = model.loss(tape, run.batches[step % run.batches.length]!);
        tape.backward(mean);
        optimizer.step(run.learningRate);
        const [value] = await backend.read([{ storage: mean.storage, offset: 0, length: 1 }]);
        losses.push(value![0]!);
        tape.dispose();
      }
      for (const [step, value] of losses.entries()) {
        expect(Math.abs(value - run.losses[step]!), `loss before step ${step}`).toBeLessThan(1e-4);
      }
      optimizer.dispose();
      parameters.dispose();
      expect({ ...backend.memory }).toEqual(before);
    });
  });
}

function magnitude(numbers: Float32Array): number {
  return numbers.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
}
