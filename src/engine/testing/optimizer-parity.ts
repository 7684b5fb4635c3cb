import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { AdamW } from "../optim/adam-w.ts";
import { decayMatrices, type Optimizer } from "../optim/optimizer.ts";
import { Sgd } from "../optim/sgd.ts";
import { Parameters } from "../tensor/parameters.ts";
import fixture from "../testdata/optimizers.json" with { type: "json" };
import { relativeError } from "./relative-error.ts";

type Name = keyof typeof fixture.shapes;
type Case = (typeof fixture.cases)[number];

function create(backend: Backend, parameters: Parameters, { optimizer, decay, ...options }: Case): Optimizer {
  const groups = decayMatrices(parameters, decay);
  const clipping = options.maxNorm === undefined ? {} : { maxNorm: options.maxNorm };
  return optimizer === "sgd"
    ? new Sgd(backend, groups, { momentum: options.momentum!, ...clipping })
    : new AdamW(backend, groups, { beta2: options.beta2!, epsilon: options.epsilon!, ...clipping });
}

/** Holds the optimisers, on one backend, against PyTorch's (`training/fixtures_optimizers.py`). */
export function describeOptimizers(name: string, createBackend: () => Promise<Backend>): void {
  describe(`optimisers on ${name}`, () => {
    let backend: Backend;
    beforeAll(async () => {
      backend = await createBackend();
    });
    afterAll(() => backend.dispose());

    test.each(fixture.cases)("$optimizer, decay $decay, momentum $momentum, largest norm $maxNorm", async (each) => {
      const before = { ...backend.memory };
      const parameters = new Parameters(backend);
      for (const key of Object.keys(fixture.shapes) as Name[]) {
        parameters.add(key, fixture.shapes[key], Float32Array.from(fixture.weights[key]), true);
      }
      const { storage } = parameters.add("frozen", [2], Float32Array.of(1, 2), false);
      const optimizer = create(backend, parameters, each);
      for (const [step, gradients] of fixture.gradients.entries()) {
        for (const { name: key, gradient } of parameters.trainable()) {
          backend.upload(gradient, Float32Array.from(gradients[key as Name]));
        }
        optimizer.step(each.learningRate);
        const [squares, frozen, ...weights] = await backend.read([
          optimizer.squaredNorm,
          { storage, offset: 0, length: 2 },
          ...parameters.trainable().map(({ storage }) => ({ storage, offset: 0, length: storage.length })),
        ]);
        expect(Math.sqrt(squares![0]!)).toBeCloseTo(fixture.norms[step]!, 4);
        expect([...frozen!]).toEqual([1, 2]);
        for (const [i, { name: key }] of parameters.trainable().entries()) {
          const error = relativeError(weights[i]!, each.path[step]![key as Name]);
          expect(error, `${key} after step ${step + 1}`).toBeLessThan(1e-5);
        }
      }
      optimizer.dispose();
      parameters.dispose();
      expect({ ...backend.memory }).toEqual(before);
    });

    test("gradients of zero move nothing, clipped or not", async () => {
      for (const options of [{}, { maxNorm: 1 }]) {
        const parameters = new Parameters(backend);
        const { storage } = parameters.add("weight", [2], Float32Array.of(1, -2), true);
        for (const Optimiser of [Sgd, AdamW]) {
          const optimizer = new Optimiser(backend, decayMatrices(parameters, 0), options);
          optimizer.step(0.1);
          expect(await backend.read([{ storage, offset: 0, length: 2 }])).toEqual([Float32Array.of(1, -2)]);
          optimizer.dispose();
        }
        parameters.dispose();
      }
    });
  });
}
