import { describe, expect, it } from "vitest";
import { randomLogits, SEEDS } from "../testing/random-logits.ts";
import { bigram, CountingTree } from "../testing/toys.ts";
import { type BeamEvent, beamSearch, type Hypothesis } from "./beam.ts";
import { sample } from "./sample.ts";
import { DEFAULT_SETTINGS, type GenerationSettings } from "./settings.ts";
import { logSoftmax } from "./softmax.ts";
import { type ToyModel, ToyTree } from "./toy-tree.ts";

const END = 0;
const settings = (changes: Partial<GenerationSettings>): GenerationSettings => ({
  ...DEFAULT_SETTINGS,
  numBeams: 3,
  endIds: [END],
  maxNewTokens: 12,
  ...changes,
});

const randomBigram = (seed: number, size = 12) =>
  bigram(Array.from({ length: size }, (_, token) => [...randomLogits(1000 * seed + token, size)]));

async function search(model: ToyModel, prompt: readonly number[], changes: Partial<GenerationSettings>) {
  const tree = new ToyTree(model);
  const events = await Array.fromAsync(beamSearch(tree, prompt, settings(changes)));
  return { tree, steps: events.filter((event) => event.type === "step"), hypotheses: resultOf(events) };
}

function resultOf(events: readonly BeamEvent[]): readonly Hypothesis[] {
  const last = events.at(-1);
  if (last?.type !== "result") throw new Error("the search did not end with its result");
  return last.hypotheses;
}

/** Probabilities as a toy model's logits. */
const logs = (...probabilities: number[]) => probabilities.map(Math.log);

/**
 * Greedy takes 1 (0.5), after which nothing is likely; the best pair begins with 2: 0.4 · 0.9.
 * Tokens: 0 END, 1, 2, 3; the prompt is [3].
 */
const TRAP: ToyModel = (path) => {
  switch (path[1]) {
    case undefined:
      return logs(0.05, 0.5, 0.4, 0.05);
    case 1:
      return logs(0.25, 0.25, 0.25, 0.25);
    default:
      return logs(0.02, 0.04, 0.04, 0.9);
  }
};

describe("beamSearch", () => {
  it("finds the best pair that greedy misses", async () => {
    const two = { maxNewTokens: 2, lengthPenalty: 0 };
    const [greedy] = (await search(TRAP, [3], { ...two, numBeams: 1 })).hypotheses;
    const [wide] = (await search(TRAP, [3], { ...two, numBeams: 4 })).hypotheses;
    expect(greedy?.ids[0]).toBe(1);
    expect(Math.exp(greedy?.score ?? 0)).toBeCloseTo(0.125, 6);
    expect(wide?.ids).toEqual([2, 3]);
    expect(Math.exp(wide?.score ?? 0)).toBeCloseTo(0.36, 6);
  });

  it.each(SEEDS)("as wide as the vocabulary finds the best of all pairs (seed %i)", async (seed) => {
    const size = 6;
    const model = randomBigram(seed, size);
    const [best] = (await search(model, [1], { numBeams: size, endIds: [], maxNewTokens: 2, lengthPenalty: 0 }))
      .hypotheses;
    const first = logSoftmax(Float32Array.from(model([1])));
    const pairs = [...first].flatMap((p, a) => [...logSoftmax(Float32Array.from(model([a])))].map((q) => p + q));
    expect(best?.logProb).toBeCloseTo(Math.max(...pairs), 5);
  });

  it.each(SEEDS)("with one beam is greedy decoding (seed %i)", async (seed) => {
    const model = randomBigram(seed);
    for (const changes of [{}, { repetitionPenalty: 1.5 }, { noRepeatNgramSize: 2 }, { endIds: [] }]) {
      const { hypotheses } = await search(model, [1, 2], { ...changes, numBeams: 1 });
      const greedy: number[] = [];
      for await (const event of sample(new ToyTree(model), [1, 2], settings({ ...changes, numBeams: 1 }))) {
        if (event.type === "token") greedy.push(event.token);
      }
      expect(hypotheses.map(({ ids }) => ids)).toEqual([greedy]);
    }
  });

  it.each(SEEDS)("keeps its books (seed %i)", async (seed) => {
    const model = randomBigram(seed);
    const { tree, steps, hypotheses } = await search(model, [1], { numBeams: 4, numReturnSequences: 3 });
    expect(hypotheses).toHaveLength(3);
    for (const { ids, logProb, score, parent } of hypotheses) {
      const path = [1, ...ids];
      const logProbs = ids.map((id, i) => logSoftmax(Float32Array.from(model(path.slice(0, i + 1))))[id] as number);
      expect(logProb).toBeCloseTo(
        logProbs.reduce((a, b) => a + b),
        5,
      );
      expect(score).toBeCloseTo(logProb / ids.length, 6);
      expect(tree.path(parent)).toEqual(path.slice(0, -1));
    }
    const scores = hypotheses.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));

    for (const [i, { length, candidates }] of steps.entries()) {
      expect(length).toBe(i + 1);
      expect(candidates).toHaveLength(8);
      const sums = candidates.map(({ score }) => score);
      expect(sums).toEqual(sums.toSorted((a, b) => b - a));
      const last = i === steps.length - 1;
      for (const { fate, node, parent, token } of candidates) {
        expect(node !== null).toBe(fate === "kept" && !last);
        if (node !== null) expect(tree.path(node)).toEqual([...tree.path(parent), token]);
        if (fate === "finished") expect(token === END || last).toBe(true);
      }
      if (!last) expect(candidates.filter(({ fate }) => fate === "kept")).toHaveLength(4);
    }
  });

  it("prefers long texts as the length penalty grows", async () => {
    // From 1 the end is as likely as going on; each further token costs little.
    const model = bigram([logs(0.9, 0.05, 0.05), logs(0.5, 0.4, 0.1), logs(0.1, 0.1, 0.8)]);
    const lengths: number[] = [];
    for (const lengthPenalty of [-1, 0, 3]) {
      const { hypotheses } = await search(model, [1], {
        numBeams: 2,
        lengthPenalty,
        earlyStopping: "never",
        maxNewTokens: 8,
      });
      lengths.push(hypotheses[0]?.ids.length ?? 0);
    }
    expect(lengths[0]).toBe(1);
    expect(lengths[1]).toBe(1);
    expect(lengths[2]).toBe(8);
  });

  it("searches on for a text that would overtake late only with early stopping at never", async () => {
    // "END" and "1 END" end at once. "2 2 2 …" is worse than both at their length, and better per token in the end.
    const model = bigram([logs(1, 0, 0), logs(0.98, 0.01, 0.01), logs(0.03, 0.01, 0.96)]);
    const start: ToyModel = (path) => (path.length === 1 ? logs(0.5, 0.35, 0.15) : model(path));
    for (const [earlyStopping, best] of [[true, 2] as const, [false, 2] as const, ["never", 30] as const]) {
      const found = await search(start, [1], { numBeams: 2, earlyStopping, maxNewTokens: 30 });
      expect(found.hypotheses[0]?.ids).toHaveLength(best);
    }
  });

  it("stops later and finds no worse from true to false to never", async () => {
    const stops = { true: 0, false: 0, never: 0 };
    for (const seed of SEEDS) {
      const run = (earlyStopping: boolean | "never") =>
        search(randomBigram(seed), [1], { earlyStopping, maxNewTokens: 20 });
      const [early, usual, never] = [await run(true), await run(false), await run("never")];
      const best = [early, usual, never].map(({ hypotheses }) => hypotheses[0]?.score);
      expect(best).toEqual(best.toSorted((a = 0, b = 0) => a - b));
      const counts = [early, usual, never].map(({ steps }) => steps.length);
      expect(counts).toEqual(counts.toSorted((a, b) => a - b));
      stops.true += early.steps.length;
      stops.false += usual.steps.length;
      stops.never += never.steps.length;
    }
    expect(stops.false).toBeGreaterThan(stops.true);
    expect(stops.never).toBeGreaterThan(stops.false);
  });

  it("reports the texts that the length cut, and why", async () => {
    const { hypotheses } = await search(randomBigram(1), [1], { endIds: [], numReturnSequences: 3, maxNewTokens: 5 });
    expect(hypotheses.map(({ ids, reason }) => [ids.length, reason])).toEqual(Array(3).fill([5, "length"]));
  });

  it("ends where the context is full", async () => {
    const tree = new ToyTree(randomBigram(1), 6);
    const events = await Array.fromAsync(beamSearch(tree, [1, 2], settings({ endIds: [] })));
    expect(resultOf(events).map(({ ids, reason }) => [ids.length, reason])).toEqual([[4, "context"]]);
    const full = await Array.fromAsync(beamSearch(new ToyTree(randomBigram(1), 2), [1, 2], settings({})));
    expect(full).toEqual([{ type: "result", hypotheses: [] }]);
  });

  it("never repeats what the n-gram filter forbids, and gives what there is when it forbids everything", async () => {
    const { hypotheses, steps } = await search(randomBigram(2, 4), [1], {
      noRepeatNgramSize: 1,
      endIds: [],
      numReturnSequences: 3,
    });
    // Three other tokens, each once: the fourth step has no candidate, and no text was complete.
    expect(steps.map(({ candidates }) => candidates.length)).toEqual([3, 6, 3, 0]);
    expect(hypotheses).toEqual([]);
  });

  it("stops running the model when the reader stops", async () => {
    const tree = new CountingTree(randomBigram(1));
    const events = beamSearch(tree, [1], settings({ endIds: [] }));
    await events.next();
    const before = tree.batches.length;
    await events.return();
    expect((await events.next()).done).toBe(true);
    expect(tree.batches).toHaveLength(before);
  });

  it("refuses to sample, an empty prompt and bad settings", async () => {
    const run = (prompt: number[], changes: Partial<GenerationSettings>) => search(randomBigram(1), prompt, changes);
    await expect(run([1], { doSample: true, numBeams: 1 })).rejects.toMatchObject({ code: "bad-input" });
    await expect(run([], {})).rejects.toMatchObject({ code: "bad-input" });
    await expect(run([1], { numBeams: 0 })).rejects.toMatchObject({ code: "bad-input" });
  });
});
