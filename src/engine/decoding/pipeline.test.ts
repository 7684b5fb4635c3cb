import { describe, expect, it } from "vitest";
import { EngineError } from "../errors.ts";
import { keptIds, logitsOf, randomLogits, SEEDS, sum } from "../testing/random-logits.ts";
import { filterLogits, lastStage } from "./pipeline.ts";
import { DEFAULT_SETTINGS, type GenerationSettings } from "./settings.ts";
import { softmax } from "./softmax.ts";

const sampling = (settings: Partial<GenerationSettings>) => ({ ...DEFAULT_SETTINGS, doSample: true, ...settings });

const EVERYTHING = sampling({
  repetitionPenalty: 1.5,
  noRepeatNgramSize: 2,
  temperature: 0.8,
  topK: 20,
  topP: 0.9,
});

describe("filterLogits", () => {
  it("applies the filters in transformers' order", () => {
    const names = filterLogits(randomLogits(1), [1, 2, 1], EVERYTHING).map(({ name }) => name);
    expect(names).toEqual(["model", "repetition-penalty", "no-repeat-ngram", "temperature", "top-k", "top-p"]);
  });

  it("makes no stage of a filter that is off", () => {
    expect(filterLogits(randomLogits(1), [], sampling({ topP: 0.5 })).map(({ name }) => name)).toEqual([
      "model",
      "top-p",
    ]);
    expect(filterLogits(randomLogits(1), [], sampling({}))).toHaveLength(1);
  });

  it("bends and cuts the distribution only when sampling", () => {
    const names = filterLogits(randomLogits(1), [1, 2, 1], { ...EVERYTHING, doSample: false }).map(({ name }) => name);
    expect(names).toEqual(["model", "repetition-penalty", "no-repeat-ngram"]);
  });

  it("lets each filter see what the one before left", () => {
    // Alone, top-p 0.5 keeps 0.4 + 0.3; after top-k 2 they weigh 4/7 and 3/7, and one is enough.
    const logits = logitsOf(0.4, 0.3, 0.2, 0.1);
    expect(keptIds(lastStage(filterLogits(logits, [], sampling({ topP: 0.5 }))).logits)).toEqual([0, 1]);
    expect(keptIds(lastStage(filterLogits(logits, [], sampling({ topK: 2, topP: 0.5 }))).logits)).toEqual([0]);
    // A temperature of 2 flattens first, so that the nucleus needs a third token.
    expect(keptIds(lastStage(filterLogits(logits, [], sampling({ temperature: 2, topP: 0.65 }))).logits)).toEqual([
      0, 1, 2,
    ]);
  });

  it.each(SEEDS)("accounts for every token and stays a distribution (seed %i)", (seed) => {
    const logits = randomLogits(seed);
    const stages = filterLogits(logits, [3, 5, 8, 5, 3], EVERYTHING);
    const dropped = stages.flatMap((stage) => [...stage.dropped]);
    expect(new Set(dropped).size).toBe(dropped.length);
    expect([...dropped, ...keptIds(lastStage(stages).logits)].sort((a, b) => a - b)).toEqual([...logits.keys()]);
    for (const stage of stages) expect(sum(softmax(stage.logits))).toBeCloseTo(1, 5);
    for (const id of dropped) expect(softmax(lastStage(stages).logits)[id]).toBe(0);
  });

  it("names what each filter dropped", () => {
    const stages = filterLogits(Float32Array.of(5, 4, 3, 2, 1), [1, 0, 1], sampling({ noRepeatNgramSize: 2, topK: 2 }));
    expect(stages.map(({ name, dropped }) => [name, [...dropped]])).toEqual([
      ["model", []],
      ["no-repeat-ngram", [0]],
      ["top-k", [3, 4]],
    ]);
  });

  it("does not touch the logits that it was given", () => {
    const logits = randomLogits(1);
    filterLogits(logits, [1, 2, 1], EVERYTHING);
    expect(logits).toEqual(randomLogits(1));
  });

  it("refuses NaN", () => {
    expect(() => filterLogits(Float32Array.of(1, Number.NaN), [], DEFAULT_SETTINGS)).toThrow(EngineError);
  });
});
