import { describe, expect, it } from "vitest";
import { filterLogits } from "../../../../engine/decoding/pipeline.ts";
import { DEFAULT_SETTINGS } from "../../../../engine/decoding/settings.ts";
import { logitsOf, randomLogits, SEEDS, sum } from "../../../../engine/testing/random-logits.ts";
import { describeStages } from "./stages.ts";

const sampling = { ...DEFAULT_SETTINGS, doSample: true };

describe("describeStages", () => {
  it("counts what stays and adds up what goes", () => {
    const stages = filterLogits(logitsOf(0.5, 0.25, 0.125, 0.0625, 0.0625), [], { ...sampling, topK: 3, topP: 0.8 });
    const [model, topK, topP] = describeStages(stages);
    expect(model).toMatchObject({ name: "model", survivors: 5, lost: 0, examples: [] });
    expect(model.entropy).toBeCloseTo(1.875, 5);
    expect(topK).toMatchObject({ name: "top-k", survivors: 3, lost: expect.closeTo(0.125, 6) });
    expect(topK?.examples.map(({ index }) => index)).toEqual([3, 4]);
    // After top-k the third token has 1/7; top-p at 0.8 needs the first two only.
    expect(topP).toMatchObject({ name: "top-p", survivors: 2, lost: expect.closeTo(1 / 7, 6) });
    expect(topP?.examples.map(({ index }) => index)).toEqual([2]);
  });

  it.each(SEEDS)("each stage is a distribution, and none brings a token back (seed %i)", (seed) => {
    const settings = {
      ...sampling,
      topK: 20,
      topP: 0.7,
      temperature: 1.3,
      repetitionPenalty: 1.4,
      noRepeatNgramSize: 1,
    };
    const facts = describeStages(filterLogits(randomLogits(seed), [1, 2, 3], settings));
    expect(facts.map(({ name }) => name)).toEqual([
      "model",
      "repetition-penalty",
      "no-repeat-ngram",
      "temperature",
      "top-k",
      "top-p",
    ]);
    for (const { probabilities } of facts) expect(sum(probabilities)).toBeCloseTo(1, 5);
    const survivors = facts.map((fact) => fact.survivors);
    expect(survivors).toEqual(survivors.toSorted((a, b) => b - a));
  });
});
