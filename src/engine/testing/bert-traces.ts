import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { parseSafetensors, toFloat32 } from "../files/safetensors.ts";
import { Bert } from "../models/bert.ts";
import type { HostTensor } from "../tensor/trace.ts";
import { bertBatch, bertConfig } from "./bert-fixture.ts";
import { loadFixture } from "./load.ts";
import { compute, openModelFixture } from "./model-fixture.ts";
import { relativeError } from "./relative-error.ts";

/** Holds every trace of BERT, on one backend, against transformers (`bert_traces` in `training/fixtures_bert.py`). */
export function describeBertTraces(
  name: string,
  createBackend: () => Promise<Backend>,
  /** Largest relative error. */
  tolerance: number,
): void {
  describe(`traces of BERT on ${name}`, () => {
    let backend: Backend;
    let traces: ReadonlyMap<string, HostTensor>;
    let names: readonly string[];
    let expected: ReadonlyMap<string, HostTensor>;
    beforeAll(async () => {
      backend = await createBackend();
      const fixture = await openModelFixture("bert");
      const model = Bert.open(backend, bertConfig(fixture.config), fixture.weights);
      names = model.traceNames;
      ({ traces } = await compute(
        backend,
        (tape, trace) => [model.forward(tape, bertBatch(fixture.batch), trace).hidden],
        { names, wanted: ["*", "blocks.*.*", "blocks.*.*.*"] },
      ));
      model.dispose();
      const file = parseSafetensors(await loadFixture("src/engine/testdata/models/bert-traces.safetensors"));
      expected = new Map([...file].map(([key, view]) => [key, { shape: view.shape, data: toFloat32(view) }]));
    });
    afterAll(() => backend.dispose());

    test("all of them have PyTorch's shapes and numbers", () => {
      expect([...expected.keys()].sort()).toEqual([...names].sort());
      for (const [key, { shape, data }] of expected) {
        const own = traces.get(key)!;
        expect(own.shape, key).toEqual(shape);
        // Scores of padding are −∞ here; the fixture, which is made to be compared, has 0 in their place.
        const numbers = own.data.map((value) => (value === Number.NEGATIVE_INFINITY ? 0 : value));
        expect(relativeError(numbers, data), key).toBeLessThan(tolerance);
      }
    });
  });
}
