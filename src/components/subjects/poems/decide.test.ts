import { describe, expect, it } from "vitest";
import { filterLogits } from "../../../engine/decoding/pipeline.ts";
import { sample } from "../../../engine/decoding/sample.ts";
import { DEFAULT_SETTINGS, type GenerationSettings } from "../../../engine/decoding/settings.ts";
import { ToyTree } from "../../../engine/decoding/toy-tree.ts";
import { randomLogits, SEEDS } from "../../../engine/testing/random-logits.ts";
import { bigram } from "../../../engine/testing/toys.ts";
import { decide } from "./decide.ts";

const model = bigram(Array.from({ length: 12 }, (_, token) => [...randomLogits(token + 1, 12)]));

describe("decide", () => {
  it.each(SEEDS)("token by token writes what sample() writes (seed %i)", async (seed) => {
    for (const doSample of [true, false]) {
      const settings: GenerationSettings = { ...DEFAULT_SETTINGS, doSample, seed, topK: 6, maxNewTokens: 10 };
      const written: number[] = [];
      for await (const event of sample(new ToyTree(model), [3], settings)) {
        if (event.type === "token") written.push(event.token);
      }
      const path = [3];
      for (let position = 0; position < 10; position++) {
        path.push(decide(filterLogits(Float32Array.from(model(path)), path, settings), settings, position));
      }
      expect(path.slice(1)).toEqual(written);
    }
  });
});
