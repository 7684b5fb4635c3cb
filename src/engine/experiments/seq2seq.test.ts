import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { Random } from "../random.ts";
import { minOf } from "../statistics.ts";
import { Seq2SeqExperiment, type Seq2SeqMetrics, type TranslationQuestion } from "./seq2seq.ts";
import { evenlyByLength, splitPairs } from "./seq2seq-pairs.ts";
import type { Seq2SeqSettings, TextPair } from "./seq2seq-settings.ts";

const ARCHITECTURES = ["lstm", "lstm-attention", "transformer"] as const;

/** All strings of two to four of four letters, and each backwards. */
const REVERSALS: TextPair[] = [2, 3, 4].flatMap((length) =>
  Array.from({ length: 4 ** length }, (_, number) => {
    const letters = Array.from({ length }, (_, place) => "甲乙丙丁"[Math.floor(number / 4 ** place) % 4]!);
    return { source: letters.join(""), target: letters.toReversed().join("") };
  }),
);

const SETTINGS: Seq2SeqSettings = {
  pairs: REVERSALS,
  architecture: "transformer",
  layers: 1,
  width: 32,
  heads: 2,
  batch: 32,
  steps: 300,
  learningRate: 0.01,
  measured: 64,
  every: 20,
};

const question = (source: string, changes: Partial<TranslationQuestion> = {}): TranslationQuestion => ({
  kind: "translation",
  source,
  length: 8,
  trace: [],
  ...changes,
});

let backend: Backend;
beforeAll(async () => {
  backend = await createCpuBackend();
});
afterAll(() => backend.dispose());

function start(changes: Partial<Seq2SeqSettings> = {}, seed = 1): Seq2SeqExperiment {
  return new Seq2SeqExperiment({ backend, random: new Random(seed) }, { ...SETTINGS, ...changes });
}

async function train(experiment: Seq2SeqExperiment): Promise<Seq2SeqMetrics[]> {
  const records: Seq2SeqMetrics[] = [];
  for await (const record of experiment.run()) records.push(record);
  return records;
}

describe.each(ARCHITECTURES)("%s", (architecture) => {
  test("learns to write backwards what it never read, and its measure is what it writes", async () => {
    const experiment = start({ architecture });
    const records = await train(experiment);
    const last = records.at(-1)!;
    expect(records).toHaveLength(SETTINGS.steps);
    expect(last.step).toBe(SETTINGS.steps);
    // At first every one of the six tokens is as likely as any other, or worse.
    expect(records[0]!.loss).toBeGreaterThan(Math.log(6) * 0.9);
    expect(last.loss).toBeLessThan(0.1);
    expect(last.exactMatch).toBeGreaterThan(0.9);
    expect(last.tokenAccuracy).toBeGreaterThan(0.95);
    const { heldOut } = splitPairs(REVERSALS, new Random(1));
    expect(heldOut).toHaveLength(34);
    let right = 0;
    for (const { source, target } of heldOut) {
      const { characters, ended } = await experiment.ask(question(source));
      if (ended && characters.join("") === target) right++;
    }
    expect(right / heldOut.length).toBe(last.exactMatch);
    experiment.dispose();
  });

  test("the same seed gives the same run, another seed another", async () => {
    const runs = [1, 1, 2].map((seed) => start({ architecture, steps: 3 }, seed));
    const [first, again, other] = await Promise.all(runs.map(train));
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    for (const run of runs) run.dispose();
  });

  test("runs that were stopped, and questions, leave nothing in memory", async () => {
    const before = { ...backend.memory };
    const experiment = start({ architecture });
    const records = experiment.run();
    await records.next();
    await experiment.ask(question("甲乙", { trace: ["decoder.embed"] }));
    await expect(experiment.ask(question("甲乙", { trace: ["没有"] }))).rejects.toThrow("没有叫 没有 的中间结果");
    await records.next();
    await records.return();
    experiment.dispose();
    expect({ ...backend.memory }).toEqual(before);
  });
});

test.each([
  ["lstm-attention", "decoder.cross_attn.pattern", 1],
  ["transformer", "decoder.0.cross_attn.pattern", 2],
] as const)("%s shows where it looks while it writes", async (architecture, name, heads) => {
  const experiment = start({ architecture, steps: 1 });
  await train(experiment);
  const { characters, ended, traces } = await experiment.ask(question("甲乙丙", { trace: [name] }));
  const { shape, data } = traces.get(name)!;
  const rows = 1 + characters.length + (ended ? 1 : 0);
  expect(shape).toEqual([heads, rows, 3]);
  for (let row = 0; row < heads * rows; row++) {
    const weights = data.subarray(row * 3, row * 3 + 3);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
  }
  experiment.dispose();
});

test("an LSTM shows its states; without attention it has none to show", async () => {
  const experiment = start({ architecture: "lstm", layers: 2 });
  const { traces } = await experiment.ask(question("甲乙丙", { trace: ["encoder.lstm.*.hidden"] }));
  expect([...traces].map(([name, { shape }]) => [name, shape])).toEqual([
    ["encoder.lstm.0.hidden", [3, 32]],
    ["encoder.lstm.1.hidden", [3, 32]],
  ]);
  const attention = question("甲", { trace: ["decoder.cross_attn.pattern"] });
  await expect(experiment.ask(attention)).rejects.toThrow(expect.objectContaining({ code: "bad-input" }));
  experiment.dispose();
});

test("it is measured every twenty steps and at the last", async () => {
  const experiment = start({ steps: 21, width: 8 });
  const records = await train(experiment);
  const measured = records.filter(({ exactMatch, tokenAccuracy }) => exactMatch !== null && tokenAccuracy !== null);
  expect(measured.map(({ step }) => step)).toEqual([20, 21]);
  experiment.dispose();
});

test("what was measured is counted by the length of the source", async () => {
  const experiment = start({ steps: 1, width: 8, measured: 12 });
  const [record] = await train(experiment);
  const lengths = [2, 3, 4];
  // Of two letters there are sixteen, of which a tenth is held out.
  const asked = lengths.map((length) => record![`asked${length}`]!);
  expect(asked.reduce((sum, count) => sum + count)).toBe(12);
  expect(Math.abs(asked[1]! - asked[2]!)).toBeLessThanOrEqual(1);
  const exact = lengths.reduce((sum, length) => sum + record![`exact${length}`]!, 0);
  expect(exact / 12).toBe(record!.exactMatch);
  experiment.dispose();
});

test("what somebody writes in between is written, and what the model gave to it is said", async () => {
  const experiment = start();
  await train(experiment);
  const own = await experiment.ask(question("甲乙丙"));
  expect(own.characters.join("")).toBe("丙乙甲");
  const forced = await experiment.ask(question("甲乙丙", { forced: new Map([[0, "丁"]]) }));
  expect(forced.characters[0]).toBe("丁");
  expect(forced.probabilities[0]).toBeLessThan(0.5);
  expect(own.probabilities).toHaveLength(4);
  expect(minOf(own.probabilities)).toBeGreaterThan(0.5);
  experiment.dispose();
});

test("attention that was set is what the decoder goes by; only the LSTM with attention takes it", async () => {
  const experiment = start({ architecture: "lstm-attention", width: 8, steps: 1 });
  const trace = ["decoder.cross_attn.pattern"];
  const own = await experiment.ask(question("甲乙丙", { trace, length: 3 }));
  const rows = own.traces.get(trace[0]!)!.data;
  // Set to what it is anyway, nothing changes.
  const same = await experiment.ask(
    question("甲乙丙", { trace, length: 3, attention: new Map([[1, rows.slice(3, 6)]]) }),
  );
  for (const [i, probability] of own.probabilities.entries()) expect(same.probabilities[i]).toBeCloseTo(probability, 5);
  const set = Float32Array.of(0, 0, 1);
  const other = await experiment.ask(question("甲乙丙", { trace, length: 3, attention: new Map([[0, set]]) }));
  expect([...other.traces.get(trace[0]!)!.data.subarray(0, 3)]).toEqual([0, 0, 1]);
  expect(other.probabilities[0]).not.toBeCloseTo(own.probabilities[0]!, 5);
  for (const wrong of [
    [1, 0],
    [0, Number.NaN, 1],
    [0, -1, 2],
  ]) {
    const attention = new Map([[0, Float32Array.from(wrong)]]);
    await expect(experiment.ask(question("甲乙丙", { attention }))).rejects.toThrow(refused("注意力的一行要有 3 个"));
  }
  experiment.dispose();
  const plain = start({ architecture: "lstm", width: 8, steps: 1 });
  const attention = new Map([[0, set]]);
  await expect(plain.ask(question("甲乙丙", { attention }))).rejects.toThrow(refused("只有带注意力的 LSTM"));
  plain.dispose();
});

test.each(["lstm", "transformer"] as const)(
  "a state of a pair of the training of %s is nearest to itself",
  async (architecture) => {
    const experiment = start({ architecture, width: 8, steps: 1 });
    const { training } = splitPairs(REVERSALS, new Random(1));
    const { source } = training.at(-1)!;
    for (const side of ["encoder", "decoder"] as const) {
      const { neighbours } = await experiment.ask({ kind: "neighbours", source, length: 8, side, count: 5 });
      // Of what it has written itself it was trained on the beginning alone.
      const place = side === "encoder" ? source.length - 1 : 0;
      const own = neighbours[place]!;
      expect(own).toHaveLength(5);
      expect(own[0]).toMatchObject({ source, place });
      expect(own[0]!.similarity).toBeCloseTo(1, 4);
      const similarities = own.map(({ similarity }) => similarity);
      expect(similarities).toEqual([...similarities].sort((a, b) => b - a));
      expect(new Set(own.map((pair) => pair.source)).size).toBe(5);
    }
    experiment.dispose();
  },
);

test("pairs are taken in turn from every length", () => {
  const lengths = evenlyByLength(REVERSALS, 40).map(({ source }) => source.length);
  expect([2, 3, 4].map((length) => lengths.filter((own) => own === length).length)).toEqual([14, 13, 13]);
  expect(evenlyByLength(REVERSALS, 1000)).toHaveLength(REVERSALS.length);
});

test("a source that is held out is never trained on, with whichever target", () => {
  const twice = REVERSALS.flatMap(({ source, target }) => [
    { source, target },
    { source, target: source },
  ]);
  const { training, heldOut } = splitPairs(twice, new Random(3));
  expect([training.length, heldOut.length]).toEqual([604, 68]);
  const trained = new Set(training.map(({ source }) => source));
  expect(heldOut.filter(({ source }) => trained.has(source))).toEqual([]);
});

test("a text that is written lets others have their turn between any two characters", async () => {
  const experiment = start();
  let [turns, answering] = [0, true];
  const other = (): void => {
    turns++;
    if (answering) setImmediate(other);
  };
  setImmediate(other);
  const { characters, ended } = await experiment.ask(question("甲乙", { length: 12 }));
  answering = false;
  // Untrained as it is, it comes to no end.
  expect([characters.length, ended]).toEqual([12, false]);
  expect(turns).toBeGreaterThanOrEqual(12);
  experiment.dispose();
});

test("a training that runs away says so, and frees everything", async () => {
  const before = { ...backend.memory };
  const experiment = start({ architecture: "lstm", learningRate: 1000, steps: 100 });
  await expect(train(experiment)).rejects.toThrow(expect.objectContaining({ code: "diverged" }));
  experiment.dispose();
  expect({ ...backend.memory }).toEqual(before);
});

const refused = (reason: string) =>
  expect.objectContaining({ code: "bad-input", detail: expect.stringContaining(reason) });

test.each<[Partial<Seq2SeqSettings>, string]>([
  [{ layers: 0 }, "层数是 0"],
  [{ width: Number.NaN }, "宽度是 NaN"],
  [{ heads: 3 }, "不能被注意力头数 3 整除"],
  [{ width: 9, heads: 3 }, "宽度要是偶数"],
  [{ batch: 0.5 }, "每步的对数是 0.5"],
  [{ steps: Number.POSITIVE_INFINITY }, "步数"],
  [{ learningRate: -1 }, "学习率是 -1"],
  [{ pairs: [] }, "有 0 种不同的原文"],
  [{ pairs: [REVERSALS[0]!, REVERSALS[0]!] }, "有 1 种不同的原文"],
  [{ pairs: [REVERSALS[0]!, { source: "", target: "甲" }] }, "第 2 对的原文有 0 个字"],
  [{ pairs: [{ source: "甲", target: "乙".repeat(65) }] }, "第 1 对的译文有 65 个字"],
  [{ pairs: ["甲", "甲甲"].map((text) => ({ source: text, target: text })) }, "只用了 1 种字"],
  [{ pairs: new Array<TextPair>(20_001).fill(REVERSALS[0]!) }, "有 20001 对"],
])("settings that cannot be used are refused, case %#", (changes, reason) => {
  const before = { ...backend.memory };
  expect(() => start(changes)).toThrow(refused(reason));
  expect({ ...backend.memory }).toEqual(before);
});

test.each<[string, Partial<TranslationQuestion>, string]>([
  ["", {}, "原文有 0 个字"],
  ["甲".repeat(65), {}, "原文有 65 个字"],
  ["甲🦢", {}, "没有「🦢」"],
  ["甲", { length: Number.NaN }, "要写的字数是 NaN"],
  ["甲", { length: 65 }, "要写的字数是 65"],
])("the question %j, %j is refused", async (source, changes, reason) => {
  const experiment = start({ width: 8 });
  await expect(experiment.ask(question(source, changes))).rejects.toThrow(refused(reason));
  experiment.dispose();
});
