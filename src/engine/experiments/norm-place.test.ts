import { afterAll, beforeAll, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { wholeOf } from "../backends/storage.ts";
import { newWeights, type WeightSource } from "../nn/weights.ts";
import { Random } from "../random.ts";
import { Tape } from "../tensor/tape.ts";
import { loadFixture } from "../testing/load.ts";
import { NormModel, type NormPlace } from "./norm-model.ts";
import { NormPlaceExperiment, type NormPlaceMetrics, type NormPlaceSettings } from "./norm-place.ts";

/** What PyTorch makes of the same weights and ids; made by `training/fixtures_norms.py`. */
interface Fixture {
  readonly config: { vocabularySize: number; length: number; layers: number; width: number; heads: number };
  readonly ids: readonly (readonly number[])[];
  readonly targets: readonly (readonly number[])[];
  readonly weights: Readonly<Record<string, readonly number[]>>;
  readonly results: Readonly<
    Record<NormPlace, { loss: number; logits: readonly number[]; gradientNorms: readonly number[] }>
  >;
}

let backend: Backend;
let fixture: Fixture;
beforeAll(async () => {
  backend = await createCpuBackend();
  fixture = JSON.parse(new TextDecoder().decode(await loadFixture("src/engine/testdata/norms.json")));
});
afterAll(() => backend.dispose());

test.each(["after", "before"] as const)(
  "norm %s: logits, loss and the gradients of the blocks are PyTorch's",
  async (norm) => {
    const { config, ids, targets, weights, results } = fixture;
    const source: WeightSource = (name) => Float32Array.from(weights[name]!);
    const model = new NormModel(backend, { ...config, norm, causal: true }, source);
    const tape = new Tape(backend);
    const batch = { ids: Int32Array.from(ids.flat()), batch: ids.length };
    const logits = model.logits(tape, batch);
    const loss = model.loss(tape, batch, Int32Array.from(targets.flat()));
    tape.backward(loss);
    const gradients = [0, config.layers - 1].map((block) =>
      model.ofBlock(block).map(({ gradient }) => wholeOf(gradient)),
    );
    const [value, scores, ...read] = await backend.read([
      wholeOf(loss.storage),
      wholeOf(logits.storage),
      ...gradients.flat(),
    ]);
    const wanted = results[norm];
    expect(value![0]).toBeCloseTo(wanted.loss, 5);
    for (const [i, logit] of wanted.logits.entries()) expect(scores![i]).toBeCloseTo(logit, 4);
    let at = 0;
    for (const [i, own] of gradients.entries()) {
      const squares = own.map(() => read[at++]!.reduce((sum, value) => sum + value ** 2, 0));
      expect(Math.sqrt(squares.reduce((sum, square) => sum + square, 0))).toBeCloseTo(wanted.gradientNorms[i]!, 4);
    }
    tape.dispose();
    model.parameters.dispose();
  },
);

const SETTINGS: NormPlaceSettings = {
  text: "小猫爱吃鱼，小狗爱吃骨头。小兔爱吃草，小羊也爱吃草。",
  ...{ norm: "before", layers: 3, steps: 60, learningRate: 0.003, warmup: 0 },
};

async function train(changes: Partial<NormPlaceSettings> = {}, seed = 1): Promise<NormPlaceMetrics[]> {
  const experiment = new NormPlaceExperiment({ backend, random: new Random(seed) }, { ...SETTINGS, ...changes });
  try {
    return await Array.fromAsync(experiment.run());
  } finally {
    experiment.dispose();
  }
}

test("it learns its text, the same from the same seed, and frees everything", async () => {
  const before = { ...backend.memory };
  const [one, same, other] = [await train(), await train(), await train({}, 2)];
  expect(one).toEqual(same);
  expect(one).not.toEqual(other);
  expect(one.at(-1)!.loss).toBeLessThan(one[0]!.loss / 2);
  expect({ ...backend.memory }).toEqual(before);
});

test("the norms of both blocks are parts of the norm of all", async () => {
  for (const { gradientNorm, firstBlock, lastBlock } of await train({ norm: "after", steps: 5 })) {
    expect(firstBlock).toBeGreaterThan(0);
    expect(Math.hypot(firstBlock, lastBlock)).toBeLessThan(gradientNorm);
  }
});

test("both kinds begin with the same weights, and the rate rises while it warms up", async () => {
  const drawn = (norm: NormPlace) => {
    const names: string[] = [];
    const source = newWeights(new Random(3));
    const config = { norm, causal: true, vocabularySize: 9, length: 4, layers: 2, width: 8, heads: 2 };
    const model = new NormModel(backend, config, (name, ...rest) => {
      const data = source(name, ...rest);
      names.push(`${name} ${"length" in data ? data.slice(0, 3) : ""}`);
      return data;
    });
    model.parameters.dispose();
    return names;
  };
  expect(drawn("before").slice(0, -2)).toEqual(drawn("after"));
  const rates = (await train({ steps: 6, warmup: 4, learningRate: 0.008 })).map(({ learningRate }) => learningRate);
  expect(rates).toEqual([0.002, 0.004, 0.006, 0.008, 0.008, 0.008]);
});

test("what cannot be used is refused", () => {
  const start = (changes: Partial<NormPlaceSettings>) => () =>
    new NormPlaceExperiment({ backend, random: new Random(1) }, { ...SETTINGS, ...changes });
  for (const changes of [{ layers: 1 }, { steps: 0 }, { learningRate: Number.NaN }, { warmup: -1 }, { text: "短" }])
    expect(start(changes)).toThrow(expect.objectContaining({ code: "bad-input" }));
});
