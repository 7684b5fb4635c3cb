import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS, type GenerationSettings, validateSettings } from "./settings.ts";

describe("validateSettings", () => {
  it.each<Partial<GenerationSettings>>([
    {},
    { doSample: true, temperature: 0, topP: 0, topK: 1, numReturnSequences: 10 },
    { numBeams: 16, numReturnSequences: 16, lengthPenalty: -1, earlyStopping: "never" },
    { endIds: [0, 3], seed: 2 ** 32 - 1, noRepeatNgramSize: 2, repetitionPenalty: 0.5 },
  ])("accepts %o", (settings) => {
    expect(() => validateSettings({ ...DEFAULT_SETTINGS, ...settings })).not.toThrow();
  });

  it.each<[Partial<GenerationSettings>, RegExp]>([
    [{ temperature: Number.NaN }, /温度是 NaN，要不小于 0/],
    [{ temperature: -1 }, /温度/],
    [{ temperature: Number.POSITIVE_INFINITY }, /温度/],
    [{ topK: -1 }, /top-k/],
    [{ topK: 2.5 }, /top-k 是 2\.5，要是整数，不小于 0/],
    [{ topP: 1.1 }, /top-p 是 1\.1，要在 0 到 1 之间/],
    [{ topP: Number.NaN }, /top-p/],
    [{ repetitionPenalty: 0 }, /重复惩罚.*大于 0/],
    [{ repetitionPenalty: -1 }, /重复惩罚/],
    [{ noRepeatNgramSize: -1 }, /n 元组/],
    [{ numBeams: 0 }, /束的个数/],
    [{ numBeams: 17 }, /束的个数.*1 到 16/],
    [{ numBeams: 2, numReturnSequences: 3 }, /最多给出 2 个/],
    [{ numReturnSequences: 2 }, /贪心解码只有一个结果/],
    [{ numReturnSequences: 0 }, /份数/],
    [{ doSample: true, numBeams: 2 }, /不能同时用/],
    [{ lengthPenalty: Number.NaN }, /长度惩罚/],
    [{ maxNewTokens: 0 }, /最多生成/],
    [{ endIds: [0, -1] }, /结束词元/],
    [{ seed: 0.5 }, /随机种子/],
    [{ seed: 2 ** 32 }, /随机种子/],
  ])("refuses %o", (settings, sentence) => {
    const refused = expect.objectContaining({ code: "bad-input", message: expect.stringMatching(sentence) });
    expect(() => validateSettings({ ...DEFAULT_SETTINGS, ...settings })).toThrow(refused);
  });
});
