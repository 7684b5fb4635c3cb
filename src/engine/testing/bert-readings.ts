import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { Bert } from "../models/bert.ts";
import { readText, readTexts } from "../models/bert-reading.ts";
import { bertConfig } from "./bert-fixture.ts";
import { openModelFixture } from "./model-fixture.ts";
import { relativeError } from "./relative-error.ts";

/** Holds the reading of many texts at once, on one backend, against reading them one by one. */
export function describeReadings(name: string, createBackend: () => Promise<Backend>): void {
  describe(`reading several texts on ${name}`, () => {
    let backend: Backend;
    let model: Bert;
    beforeAll(async () => {
      backend = await createBackend();
      const fixture = await openModelFixture("bert");
      model = Bert.open(backend, bertConfig(fixture.config), fixture.weights);
    });
    afterAll(() => {
      model.dispose();
      backend.dispose();
    });

    const texts = [[2, 5], [3, 8, 9, 4, 6], [7]].map((ids, i) => ({
      ids,
      segments: ids.map((_, at) => (at > 1 ? 1 : 0)),
      guesses: ids.slice(i).map((_, at) => at),
    }));

    test("each gives what it gives alone, without padding, and nothing stays in memory", async () => {
      const before = { ...backend.memory };
      const trace = ["full_embed", "blocks.1.attn.pattern", "blocks.1.attn.scores", "blocks.1.attn.z", "pooler_out"];
      const together = await readTexts(model, texts, { trace });
      for (const [i, text] of texts.entries()) {
        const alone = await readText(model, text, { guesses: text.guesses, trace });
        const reading = together[i]!;
        const shapes = ({ traces }: typeof alone) => [...traces].map(([key, { shape }]) => [key, shape]);
        expect(shapes(reading)).toEqual(shapes(alone));
        for (const [key, { data }] of alone.traces) {
          expect(relativeError(reading.traces.get(key)!.data, data), key).toBeLessThan(1e-5);
        }
        expect(reading.tokens).toHaveLength(text.guesses.length);
        for (const [at, logits] of alone.tokens.entries()) {
          expect(relativeError(reading.tokens[at]!, logits)).toBeLessThan(1e-5);
        }
        expect(relativeError(reading.nextSentence!, alone.nextSentence!)).toBeLessThan(1e-5);
        expect([reading.classes, alone.classes]).toEqual([null, null]);
      }
      expect({ ...backend.memory }).toEqual(before);
    });

    test("the padding of a shorter text is no place to guess, and no text is nothing to read", async () => {
      const before = { ...backend.memory };
      const beyond = readTexts(model, [texts[1]!, { ...texts[0]!, guesses: [2] }]);
      await expect(beyond).rejects.toThrow("应在 0 到 1 之间");
      await expect(readTexts(model, [])).rejects.toMatchObject({ code: "bad-input" });
      expect({ ...backend.memory }).toEqual(before);
    });
  });
}
