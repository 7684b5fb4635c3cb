import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import type { ParsedModel } from "../files/loader.ts";
import { Random } from "../random.ts";
import { sum } from "../statistics.ts";
import { type AttributionFixture, type ExplainedText, openAttributionFixture } from "../testing/attribution.ts";
import { bertConfig } from "../testing/bert-fixture.ts";
import { openModelFixture } from "../testing/model-fixture.ts";
import { relativeError } from "../testing/relative-error.ts";
import { AttributionExperiment, type Attributions, METHODS, type Method } from "./attribution.ts";
import type { AttributionSettings } from "./attribution-settings.ts";

let backend: Backend;
let fixture: AttributionFixture;
let model: Pick<ParsedModel, "config" | "tensors">;
beforeAll(async () => {
  backend = await createCpuBackend();
  fixture = await openAttributionFixture();
  const { config, weights } = await openModelFixture("bert-classifier");
  model = { config: bertConfig(config), tensors: weights };
});
afterAll(() => backend.dispose());

function settingsOf({ ids, chosen }: ExplainedText, changes: Partial<AttributionSettings> = {}): AttributionSettings {
  return {
    model: "tiny",
    text: { ids: [...ids], segments: ids.map(() => 0) },
    places: [...ids.keys()].slice(1, -1),
    chosen,
    baseline: fixture.hidden,
    steps: fixture.steps,
    samples: 100,
    randomized: 0,
    ...changes,
  };
}

function open(settings: AttributionSettings, seed = 1): Promise<AttributionExperiment> {
  // The experiment reads no text itself.
  const laboratory = { backend, random: new Random(seed), open: async () => model as ParsedModel };
  return AttributionExperiment.open(laboratory, settings);
}

async function explain(changes: Partial<AttributionSettings> = {}, seed = 1): Promise<Attributions> {
  const experiment = await open(settingsOf(fixture.texts[1]!, changes), seed);
  await Array.fromAsync(experiment.run());
  const found = await experiment.ask();
  experiment.dispose();
  return found;
}

const valuesOf = ({ methods }: Attributions, method: Method): Float64Array =>
  methods.find((own) => own.method === method)!.values;

describe("six methods on one text", () => {
  test("say what captum, shap and PyTorch say", async () => {
    for (const text of fixture.texts) {
      const experiment = await open(settingsOf(text));
      await Array.fromAsync(experiment.run());
      const found = await experiment.ask();
      expect(found.methods.map(({ method }) => method)).toEqual(METHODS);
      expect(Math.abs(found.full - text.scores.at(-1)!)).toBeLessThan(1e-4);
      expect(Math.abs(found.empty - text.scores[0]!)).toBeLessThan(1e-4);
      for (const [method, expected] of [
        ["occlusion", text.occlusion],
        ["gradient", text.gradientTimesInput],
        ["integrated", text.integratedGradients],
        ["shapley", text.shapley],
      ] as const) {
        expect(relativeError(valuesOf(found, method), expected), method).toBeLessThan(1e-4);
      }
      experiment.dispose();
    }
  });

  test("read every text once, and stop between any two batches without a trace in memory", async () => {
    const before = { ...backend.memory };
    const text = fixture.texts[2]!;
    const experiment = await open(settingsOf(text));
    const reads: number[] = [];
    for await (const record of experiment.run()) reads.push(record.reads);
    expect(reads.at(-1)).toBe(2 ** 8);
    experiment.dispose();

    const cut = await open(settingsOf(text, { steps: 256 }));
    const records = cut.run();
    let points = 0;
    for await (const { method } of records) if (method === "integrated" && ++points === 2) break;
    expect((await cut.ask()).methods.map(({ method }) => method)).toEqual(["occlusion"]);
    cut.dispose();
    expect({ ...backend.memory }).toEqual(before);
  });

  test("share out one difference, where they promise it, whatever stands for a hidden token", async () => {
    for (const baseline of [fixture.hidden, 5, "zero", "mean"] as const) {
      const found = await explain({ baseline, steps: 256, samples: 40 });
      const difference = found.full - found.empty;
      for (const method of ["integrated", "kernel", "shapley"] as const) {
        expect(Math.abs(sum(valuesOf(found, method)) - difference), `${method}, ${baseline}`).toBeLessThan(0.02);
      }
    }
    const [masked, zeroed] = [await explain(), await explain({ baseline: "zero" })];
    expect(zeroed.full).toBeCloseTo(masked.full, 4);
    expect(Math.abs(zeroed.empty - masked.empty)).toBeGreaterThan(0.01);
    // The slope at the text does not know what stands for a hidden token.
    expect(relativeError(valuesOf(zeroed, "gradient"), valuesOf(masked, "gradient"))).toBeLessThan(1e-6);
  });

  test("curves begin and end where the text is whole and where nothing is left, on the side of the verdict", async () => {
    const { full, empty, methods } = await explain();
    const side = full < 0 ? -1 : 1;
    for (const { deletion, insertion } of methods) {
      expect(deletion).toHaveLength(7);
      expect([deletion[0], insertion.at(-1)]).toEqual([side * full, side * full]);
      expect([deletion.at(-1), insertion[0]]).toEqual([side * empty, side * empty]);
    }
  });

  test("sample by the seed alone", async () => {
    const sampling = { samples: 20 };
    const [one, same, other] = [await explain(sampling), await explain(sampling), await explain(sampling, 2)];
    expect(one).toEqual(same);
    expect(valuesOf(other, "lime")).not.toEqual(valuesOf(one, "lime"));
    expect(valuesOf(other, "kernel")).not.toEqual(valuesOf(one, "kernel"));
    // Other texts were read together with these, so the last digits may differ.
    expect(relativeError(valuesOf(other, "shapley"), valuesOf(one, "shapley"))).toBeLessThan(1e-4);
  });
});

describe("weights that are drawn anew", () => {
  test("change what is said, part by part, and by the seed", async () => {
    const scores: number[] = [];
    for (const randomized of [0, 1, 2, 3, 4, 5]) scores.push((await explain({ randomized })).full);
    expect(new Set(scores).size).toBe(6);
    expect((await explain({ randomized: 2 })).full).toBe(scores[2]);
    expect((await explain({ randomized: 2 }, 2)).full).not.toBe(scores[2]);
  });

  test("are of parts that there are", async () => {
    await expect(explain({ randomized: 6 })).rejects.toMatchObject({ code: "bad-input" });
  });
});

test.each<Partial<AttributionSettings>>([
  { places: [] },
  { places: [99] },
  { places: [1, 1] },
  { chosen: 3 },
  { steps: 0 },
  { samples: 1 },
  { baseline: 99 },
  { text: { ids: [], segments: [] }, places: [0] },
])("%o is refused, and nothing stays in memory", async (changes) => {
  const before = { ...backend.memory };
  const work = async (): Promise<void> => {
    const experiment = await open(settingsOf(fixture.texts[0]!, changes));
    try {
      await Array.fromAsync(experiment.run());
    } finally {
      experiment.dispose();
    }
  };
  await expect(work()).rejects.toMatchObject({ code: "bad-input" });
  expect({ ...backend.memory }).toEqual(before);
});
