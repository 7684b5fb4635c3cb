import { beforeAll, describe, expect, test } from "vitest";
import { createCpuBackend } from "../../../../engine/backends/cpu/cpu.ts";
import { parseSafetensors, toFloat32 } from "../../../../engine/files/safetensors.ts";
import { Bert } from "../../../../engine/models/bert.ts";
import { readText } from "../../../../engine/models/bert-reading.ts";
import type { HostTensor } from "../../../../engine/tensor/trace.ts";
import { bertConfig } from "../../../../engine/testing/bert-fixture.ts";
import { loadFixture } from "../../../../engine/testing/load.ts";
import { openModelFixture } from "../../../../engine/testing/model-fixture.ts";
import { relativeError } from "../../../../engine/testing/relative-error.ts";
import { type Panel, type Station, summarize, viewOf } from "../../../subjects/reading/views.ts";
import { STATIONS } from "./stations.ts";

type Traces = { readonly traces: ReadonlyMap<string, HostTensor> };

const [LAYERS, HEADS] = [2, 3];
const panels: readonly Panel[] = Object.values<Station>(STATIONS).flatMap((station) => station.panels);

describe("what the stations show", () => {
  let ours: Traces;
  let theirs: Traces;
  beforeAll(async () => {
    const { config, weights, batch } = await openModelFixture("bert");
    const length = batch.lengths![0]!;
    const model = Bert.open(await createCpuBackend(), bertConfig(config), weights);
    const [ids, segments] = [batch.ids!.slice(0, length), batch.segments!.slice(0, length)];
    const trace = ["*", "blocks.*.*", "blocks.*.*.*"];
    ours = await readText(model, { ids, segments }, { trace });
    const file = parseSafetensors(await loadFixture("src/engine/testdata/models/bert-traces.safetensors"));
    // The first text of the batch: it has no padding.
    const first = [...file].map(([name, view]): [string, HostTensor] => {
      const shape = view.shape.slice(1);
      return [
        name,
        {
          shape,
          data: toFloat32(view).slice(
            0,
            shape.reduce((a, b) => a * b, 1),
          ),
        },
      ];
    });
    theirs = { traces: new Map(first) };
  });

  test.each(panels.map((panel) => [panel.origin, panel] as const))(
    "%s is what PyTorch has, in every head",
    (_, panel) => {
      for (let layer = 0; layer < LAYERS; layer++) {
        for (let head = 0; head < HEADS; head++) {
          const [own, exact] = [viewOf(panel, ours, layer, head), viewOf(panel, theirs, layer, head)];
          expect(own.axes).toEqual(exact.axes);
          expect([own.rows, own.columns, own.data.length]).toEqual([
            exact.rows,
            exact.columns,
            exact.rows * exact.columns,
          ]);
          expect(relativeError(own.data, exact.data)).toBeLessThan(1e-5);
        }
      }
    },
  );

  test("one head's part is cut out of the tensor", () => {
    const panel = STATIONS["query-key-value"].panels[0];
    const { shape, data } = ours.traces.get("blocks.1.attn.q")!;
    expect(shape).toEqual([8, 3, 4]);
    const view = viewOf(panel, ours, 1, 2);
    // Token 5, head 2, number 3.
    expect(view.data[5 * 4 + 3]).toBe(data[(5 * 3 + 2) * 4 + 3]);
    expect(view.axes).toEqual([
      { name: "词元", length: 8 },
      { name: "头", length: 3 },
      { name: "头宽", length: 4 },
    ]);
  });

  test("rows of attention weights sum to 1, rows behind a layer norm are what its name says", () => {
    const pattern = viewOf(STATIONS.pattern.panels[0], ours, 0, 1);
    for (let row = 0; row < 8; row++) {
      expect(summarize(pattern.data.subarray(row * 8, (row + 1) * 8)).sum).toBeCloseTo(1, 5);
    }
    expect(summarize(Float32Array.of(3, 4))).toMatchObject({ norm: 5, mean: 3.5, deviation: 0.5, sum: 7, largest: 4 });
  });

  test("a panel of a trace that the model does not have is refused", () => {
    const panel: Panel = { origin: "models/bert.ts#blocks.*.nothing", label: "", space: "inner", form: "tokens" };
    expect(() => viewOf(panel, ours, 1, 0)).toThrow("blocks.1.nothing");
  });
});
