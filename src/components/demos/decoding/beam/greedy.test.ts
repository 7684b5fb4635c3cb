import { describe, expect, it } from "vitest";
import { beamSearch } from "../../../../engine/decoding/beam.ts";
import { DEFAULT_SETTINGS } from "../../../../engine/decoding/settings.ts";
import { ToyTree } from "../../../../engine/decoding/toy-tree.ts";
import { randomLogits, SEEDS } from "../../../../engine/testing/random-logits.ts";
import { bigram } from "../../../../engine/testing/toys.ts";
import { greedyText } from "./greedy.ts";

const { signal } = new AbortController();
const randomModel = (seed: number) =>
  bigram(Array.from({ length: 12 }, (_, token) => [...randomLogits(seed * 50 + token, 12)]));

describe("greedyText", () => {
  it.each(SEEDS)("is beam search with one beam, its score too (seed %i)", async (seed) => {
    const settings = { ...DEFAULT_SETTINGS, endIds: [0], maxNewTokens: 9, repetitionPenalty: 1.3, lengthPenalty: 0.7 };
    const greedy = await greedyText(new ToyTree(randomModel(seed)), [3, 4], 64, settings, signal);
    const result = (await Array.fromAsync(beamSearch(new ToyTree(randomModel(seed)), [3, 4], settings))).at(-1);
    if (result?.type !== "result") throw new Error("the search did not end");
    expect(result.hypotheses[0]?.ids).toEqual(greedy.ids);
    expect(result.hypotheses[0]?.score).toBeCloseTo(greedy.score, 5);
  });

  it("never scores above a search that keeps everything", async () => {
    const model = bigram(Array.from({ length: 4 }, (_, token) => [...randomLogits(token + 7, 4)]));
    const settings = { ...DEFAULT_SETTINGS, numBeams: 16, maxNewTokens: 2, repetitionPenalty: 1.5 };
    const greedy = await greedyText(new ToyTree(model), [1], 64, settings, signal);
    const result = (await Array.fromAsync(beamSearch(new ToyTree(model), [1], settings))).at(-1);
    if (result?.type !== "result") throw new Error("the search did not end");
    expect(result.hypotheses[0]?.score).toBeGreaterThanOrEqual(greedy.score - 1e-6);
  });

  it("writes nothing where there is no room, and stops when told to", async () => {
    const settings = { ...DEFAULT_SETTINGS, maxNewTokens: 9 };
    expect(await greedyText(new ToyTree(randomModel(1)), [1, 2], 2, settings, signal)).toEqual({
      ids: [],
      logProb: 0,
      score: 0,
    });
    const stopped = await greedyText(new ToyTree(randomModel(1)), [1], 64, settings, AbortSignal.abort());
    expect(stopped.ids).toEqual([]);
  });
});
