import { describe, expect, test } from "vitest";
import { beamSearch } from "../../../../engine/decoding/beam.ts";
import { sample } from "../../../../engine/decoding/sample.ts";
import { DEFAULT_SETTINGS, type GenerationSettings } from "../../../../engine/decoding/settings.ts";
import { logSoftmax } from "../../../../engine/decoding/softmax.ts";
import { ToyTree } from "../../../../engine/decoding/toy-tree.ts";
import { randomLogits } from "../../../../engine/testing/random-logits.ts";
import { bigram } from "../../../../engine/testing/toys.ts";
import { BeamReader, type Draft, EMPTY_DRAFT, extendDraft, sumOf } from "./draft.ts";

const VOCABULARY = 12;
const PROMPT = [3, 5];
const table = Array.from({ length: VOCABULARY }, (_, token) => [...randomLogits(token + 1, VOCABULARY)]);
const model = bigram(table);
const settings: GenerationSettings = { ...DEFAULT_SETTINGS, endIds: [0], maxNewTokens: 10 };

/** The model's own log-probability of each token. */
function trueLogProbs(tokens: readonly { readonly token: number }[]): number[] {
  const path = [...PROMPT];
  return tokens.map(({ token }) => {
    const logProb = logSoftmax(Float32Array.from(model(path)))[token]!;
    path.push(token);
    return logProb;
  });
}

function expectTrue(draft: Draft): void {
  for (const [i, logProb] of trueLogProbs(draft.tokens).entries())
    expect(draft.tokens[i]?.logProb).toBeCloseTo(logProb, 4);
}

describe("a sampled draft", () => {
  test.each([
    ["ends with its end token", { maxNewTokens: 60 }, "finished"],
    ["stops at the limit", { maxNewTokens: 1, seed: 3 }, "over"],
  ] as const)("grows token by token and %s", async (_, changes, state) => {
    const events = await Array.fromAsync(
      sample(new ToyTree(model), PROMPT, { ...settings, doSample: true, seed: 1, ...changes }),
    );
    let draft = EMPTY_DRAFT;
    for (const event of events) {
      expect(draft.state).toBe("writing");
      draft = extendDraft(draft, event);
    }
    expect(draft.state).toBe(state);
    expect(draft.tokens).toHaveLength(events.length - 1);
    expectTrue(draft);
  });
});

describe("the best draft of a beam search", () => {
  test.each([1, 2, 5, 16])("with %i beams is, at every step, a text with the model's numbers", async (numBeams) => {
    const beams = { ...settings, numBeams, numReturnSequences: 1 };
    const reader = new BeamReader(beams.lengthPenalty);
    const events = await Array.fromAsync(beamSearch(new ToyTree(model), PROMPT, beams));
    const drafts = events.map((event) => reader.read(event));

    for (const draft of drafts) expectTrue(draft);
    expect(drafts.slice(0, -1).every(({ state }) => state === "writing")).toBe(true);
    const [best] = events.at(-1)?.hypotheses ?? [];
    const last = drafts.at(-1);
    expect(last?.tokens.map(({ token }) => token)).toEqual(best?.ids);
    expect(sumOf(last?.tokens ?? [])).toBeCloseTo(best?.logProb ?? 0, 4);
    expect(last?.state).toBe(best?.reason === "end" ? "finished" : "over");
  });

  test("shows a complete text as soon as none that runs scores higher", async () => {
    // Token 1 ends the search for good; token 2 goes on, but into unlikely texts.
    const logs = (...probabilities: number[]) => probabilities.map(Math.log);
    const sure = bigram([logs(1, 1, 1), logs(0.9, 0.05, 0.05), logs(0.1, 0.5, 0.4)]);
    const beams = { ...settings, numBeams: 2, numReturnSequences: 1, lengthPenalty: 0 };
    const reader = new BeamReader(0);
    const events = await Array.fromAsync(beamSearch(new ToyTree(sure), [1], beams));
    expect(reader.read(events[0]!).tokens.map(({ token }) => token)).toEqual([0]);
  });
});
