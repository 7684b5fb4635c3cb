import { describe, expect, it } from "vitest";
import { EngineError } from "../errors.ts";
import { randomLogits } from "../testing/random-logits.ts";
import { bigram, CountingTree } from "../testing/toys.ts";
import { filterLogits, lastStage } from "./pipeline.ts";
import { type SampledToken, type SampleEvent, sample } from "./sample.ts";
import { DEFAULT_SETTINGS, type GenerationSettings } from "./settings.ts";
import { logSoftmax, softmax } from "./softmax.ts";
import { ToyTree } from "./toy-tree.ts";

const END = 0;
const VOCABULARY = 12;
/** Each token is followed by its own random distribution; END is about as likely as any other. */
const TABLE = Array.from({ length: VOCABULARY }, (_, token) => [...randomLogits(100 + token, VOCABULARY)]);
const toy = (contextLength?: number) => new CountingTree(bigram(TABLE), contextLength);

const settings = (changes: Partial<GenerationSettings>): GenerationSettings => ({
  ...DEFAULT_SETTINGS,
  doSample: true,
  temperature: 2,
  endIds: [END],
  maxNewTokens: 20,
  ...changes,
});

const tokensOf = (events: readonly SampleEvent[]) => events.filter((event) => event.type === "token");

/** The generated ids of each sequence. */
function texts(events: readonly SampleEvent[]): number[][] {
  const all: number[][] = [];
  for (const { sequence, token } of tokensOf(events)) {
    const text = all[sequence] ?? [];
    text.push(token);
    all[sequence] = text;
  }
  return all;
}

const reasons = (events: readonly SampleEvent[]) =>
  events.filter((e) => e.type === "finish").map(({ reason }) => reason);

describe("greedy", () => {
  // 1 → 2 → 3 → END, each by far the most likely.
  const chain = bigram([
    [9, 0, 0, 0],
    [0, 0, 9, 0],
    [0, 0, 0, 9],
    [9, 0, 0, 0],
  ]);

  it("follows the best token to the end", async () => {
    const events = await Array.fromAsync(sample(new ToyTree(chain), [1], settings({ doSample: false })));
    expect(texts(events)).toEqual([[2, 3, END]]);
    expect(reasons(events)).toEqual(["end"]);
    expect(events.at(-1)?.type).toBe("finish");
  });

  it("ends with whichever of several ends comes first", async () => {
    for (const endIds of [
      [END, 3],
      [3, END],
    ]) {
      const events = await Array.fromAsync(sample(new ToyTree(chain), [1], settings({ doSample: false, endIds })));
      expect(texts(events)).toEqual([[2, 3]]);
      expect(reasons(events)).toEqual(["end"]);
    }
  });

  it("is what sampling at temperature 0 gives", async () => {
    const greedy = await Array.fromAsync(
      sample(toy(), [3], settings({ doSample: false, maxNewTokens: 8, endIds: [] })),
    );
    const cold = await Array.fromAsync(sample(toy(), [3], settings({ temperature: 0, maxNewTokens: 8, endIds: [] })));
    expect(texts(cold)).toEqual(texts(greedy));
  });

  it("goes on for ever without an end token, until the length", async () => {
    const events = await Array.fromAsync(
      sample(new ToyTree(chain), [1], settings({ doSample: false, endIds: [], maxNewTokens: 5 })),
    );
    expect(texts(events)).toEqual([[2, 3, 0, 0, 0]]);
    expect(reasons(events)).toEqual(["length"]);
  });

  it("respects what the penalties rule out", async () => {
    const greedy = settings({ doSample: false, endIds: [], maxNewTokens: 5, noRepeatNgramSize: 1 });
    const [text] = texts(await Array.fromAsync(sample(toy(), [3], greedy)));
    expect(new Set([3, ...(text ?? [])]).size).toBe(6);
  });
});

describe("sample", () => {
  it("gives the same texts for the same seed, others for another", async () => {
    const run = async (seed: number) =>
      texts(await Array.fromAsync(sample(toy(), [1], settings({ seed, numReturnSequences: 4 }))));
    expect(await run(7)).toEqual(await run(7));
    expect(await run(8)).not.toEqual(await run(7));
  });

  it("makes the i-th text independent of how many others there are", async () => {
    const run = async (numReturnSequences: number) =>
      texts(await Array.fromAsync(sample(toy(), [1], settings({ seed: 3, numReturnSequences }))));
    const ten = await run(10);
    expect(new Set(ten.map((text) => text.length)).size).toBeGreaterThan(2);
    expect(await run(1)).toEqual(ten.slice(0, 1));
    expect(await run(4)).toEqual(ten.slice(0, 4));
  });

  it("runs what still grows in one batch, and nothing that has ended", async () => {
    const tree = toy();
    const all = texts(await Array.fromAsync(sample(tree, [1], settings({ seed: 3, numReturnSequences: 10 }))));
    const longest = Math.max(...all.map((text) => text.length));
    const stillGrowing = Array.from(
      { length: longest - 1 },
      (_, i) => all.filter((text) => text.length > i + 1).length,
    );
    expect(tree.batches).toEqual(stillGrowing);
  });

  it("reports nodes, log-probabilities and filters as they are", async () => {
    const tree = toy();
    const drawing = settings({ topK: 5, repetitionPenalty: 1.3, numReturnSequences: 3 });
    const events = tokensOf(await Array.fromAsync(sample(tree, [1, 4], drawing)));
    expect(events.length).toBeGreaterThan(5);
    for (const event of events) {
      const history = tree.path(event.parent);
      const logits = Float32Array.from(TABLE[history.at(-1) ?? -1] ?? []);
      const stages = filterLogits(logits, history, drawing);
      expect(event.stages).toEqual(stages);
      expect(event.logProb).toBe(logSoftmax(logits)[event.token]);
      expect(event.filteredLogProb).toBe(logSoftmax(lastStage(stages).logits)[event.token]);
      if (event.node !== null) expect(tree.path(event.node)).toEqual([...history, event.token]);
    }
    const last = new Map<number, SampledToken>();
    for (const event of events) {
      const before = last.get(event.sequence);
      if (before) expect(event.parent).toBe(before.node);
      last.set(event.sequence, event);
    }
    for (const event of last.values()) expect(event.node).toBeNull();
  });

  it("draws as often as the filtered distribution says", async () => {
    const drawing = settings({ temperature: 1.5, topK: 8, topP: 0.95, numReturnSequences: 64, maxNewTokens: 1 });
    const counts = new Array<number>(VOCABULARY).fill(0);
    const runs = 100;
    for (let seed = 0; seed < runs; seed++) {
      for await (const event of sample(toy(), [2], { ...drawing, seed })) {
        if (event.type === "token") counts[event.token] = (counts[event.token] ?? 0) + 1;
      }
    }
    const logits = Float32Array.from(TABLE[2] ?? []);
    const expected = softmax(lastStage(filterLogits(logits, [2], drawing)).logits).map((p) => p * 64 * runs);
    const possible = [...expected.keys()].filter((token) => expected[token] !== 0);
    expect(possible.length).toBeGreaterThan(4);
    const drawn = possible.reduce((count, token) => count + (counts[token] ?? 0), 0);
    expect(drawn).toBe(64 * runs);
    const chiSquare = possible.reduce((total, token) => {
      const count = expected[token] as number;
      return total + ((counts[token] ?? 0) - count) ** 2 / count;
    }, 0);
    // The 99.9 % quantile of χ² with 7 degrees of freedom; there are at most 8 cells.
    expect(chiSquare).toBeLessThan(24.3);
  });

  it("ends, without an error, where the context is full", async () => {
    const events = await Array.fromAsync(sample(toy(6), [1, 2], settings({ endIds: [], numReturnSequences: 2 })));
    expect(texts(events).map((text) => text.length)).toEqual([4, 4]);
    expect(reasons(events)).toEqual(["context", "context"]);
    const full = await Array.fromAsync(sample(toy(2), [1, 2], settings({ numReturnSequences: 2 })));
    expect(full).toEqual([0, 1].map((sequence) => ({ type: "finish", sequence, reason: "context" })));
  });

  it("calls it the length when both limits coincide", async () => {
    const events = await Array.fromAsync(sample(toy(6), [1, 2], settings({ endIds: [], maxNewTokens: 4 })));
    expect(reasons(events)).toEqual(["length"]);
  });

  it("stops running the model when the reader stops", async () => {
    const tree = toy();
    const events = sample(tree, [1], settings({ endIds: [] }));
    await events.next();
    await events.next();
    const before = tree.batches.length;
    await events.return();
    expect(await events.next()).toEqual({ done: true, value: undefined });
    expect(tree.batches).toHaveLength(before);
  });

  it("refuses an empty prompt, one beyond the context, and bad settings", async () => {
    await expect(Array.fromAsync(sample(toy(), [], settings({})))).rejects.toThrow(EngineError);
    await expect(Array.fromAsync(sample(toy(2), [1, 2, 3], settings({})))).rejects.toThrow(EngineError);
    await expect(Array.fromAsync(sample(toy(), [1], settings({ topP: 2 })))).rejects.toMatchObject({
      code: "bad-input",
    });
  });

  it("refuses a model that answers NaN", async () => {
    const broken = new ToyTree(() => [Number.NaN, 0]);
    await expect(Array.fromAsync(sample(broken, [1], settings({})))).rejects.toMatchObject({ code: "bad-input" });
  });
});
