import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { Random } from "../random.ts";
import { TokenUnitsExperiment, type TokenUnitsMetrics, type TokenUnitsSettings } from "./token-units.ts";

const SETTINGS: TokenUnitsSettings = {
  text: "小猫爱吃鱼，小狗爱吃骨头。小兔爱吃草，小羊也爱吃草。".repeat(6),
  unread: "小狗爱吃鱼，小羊爱吃骨头。",
  ...{ unit: "characters", merges: 6, steps: 50, learningRate: 0.01 },
};
const UNITS = ["bytes", "characters", "words", "wordpiece", "bpe"] as const;

let backend: Backend;
beforeAll(async () => {
  backend = await createCpuBackend();
});
afterAll(() => backend.dispose());

async function train(changes: Partial<TokenUnitsSettings>, seed = 1) {
  const experiment = new TokenUnitsExperiment({ backend, random: new Random(seed) }, { ...SETTINGS, ...changes });
  try {
    const records: TokenUnitsMetrics[] = await Array.fromAsync(experiment.run());
    return { records, written: await experiment.ask({ prompt: "小猫", length: 12, seed: 1 }) };
  } finally {
    experiment.dispose();
  }
}

describe("the same model on other units", () => {
  test.each(UNITS)("%s: bits per character are the loss of the tokens, by the characters", async (unit) => {
    const { records } = await train({ unit });
    expect(records.map(({ step }) => step)).toEqual([0, 25, 50]);
    for (const { unreadLoss, bitsPerCharacter, charactersPerToken } of records) {
      expect(bitsPerCharacter).toBeCloseTo(unreadLoss / charactersPerToken / Math.LN2, 6);
    }
    expect(records.at(-1)!.bitsPerCharacter).toBeLessThan(0.75 * records[0]!.bitsPerCharacter);
  });

  test("before it has learnt anything a model is about as uncertain as its vocabulary is large", async () => {
    const { records } = await train({ unit: "bytes", steps: 1 });
    expect(records[0]).toMatchObject({ vocabulary: 256, loss: null, charactersRead: 0 });
    expect(records[0]!.unreadLoss).toBeGreaterThan(Math.log(256) - 1);
    expect(records[0]!.charactersPerToken).toBeCloseTo(1 / 3, 6);
  });
});

test("the same seed gives the same run and the same words, another one others", async () => {
  const once = await train({ steps: 2 });
  expect(await train({ steps: 2 })).toEqual(once);
  expect((await train({ steps: 2 }, 2)).records).not.toEqual(once.records);
  expect(once.written).not.toContain("\ufffd");
});

test("it frees everything, and refuses what cannot be used", async () => {
  const before = { ...backend.memory };
  await train({ steps: 2 });
  expect({ ...backend.memory }).toEqual(before);
  const start = (changes: Partial<TokenUnitsSettings>) => () =>
    new TokenUnitsExperiment({ backend, random: new Random(1) }, { ...SETTINGS, ...changes });
  for (const changes of [
    { steps: 0 },
    { merges: -1 },
    { learningRate: Number.NaN },
    { text: "" },
    { text: "好" },
    { text: "好".repeat(9), unit: "words" },
    { unread: "" },
  ] as const)
    expect(start(changes)).toThrow(expect.objectContaining({ code: "bad-input" }));
  const experiment = start({})();
  await expect(experiment.ask({ prompt: "", length: 3, seed: 1 })).rejects.toThrow("先写一个字");
  experiment.dispose();
});

test("a text of one character is learnt at once, and a rate of 10 does harm that is seen", async () => {
  const one = await train({ text: "好".repeat(60), unread: "好".repeat(12) });
  expect(one.records.at(-1)!.bitsPerCharacter).toBeLessThan(0.1);
  const wild = await train({ learningRate: 10 });
  expect(wild.records.at(-1)!.bitsPerCharacter).toBeGreaterThan(wild.records[0]!.bitsPerCharacter);
});
