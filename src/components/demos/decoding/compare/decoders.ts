import { DEFAULT_SETTINGS, type GenerationSettings } from "../../../../engine/decoding/settings.ts";
import { formatNumber } from "../../../kit/text/format.ts";
import type { CompareSettings } from "./fields.ts";

export type DecoderId = "greedy" | "beam" | "sampling" | "top-k" | "top-p" | "combined";

/** One way to make a text out of the model's probabilities. */
export interface Decoder {
  readonly id: DecoderId;
  readonly name: string;
  /** What it does, in a few words. */
  readonly idea: string;
  /** Whether it is a search over many texts instead of a walk along one. */
  readonly searches: boolean;
  /** Its own part of the engine's settings. */
  readonly settings: (reader: CompareSettings) => Partial<GenerationSettings>;
  /** Its settings, in a few characters. */
  readonly describe: (reader: CompareSettings) => string;
}

/** All decoders that are compared, from the surest to the one that takes all means together. */
export const decoders: readonly Decoder[] = [
  {
    id: "greedy",
    name: "贪心",
    idea: "每一步取概率最大的字",
    searches: false,
    settings: () => ({}),
    describe: () => "没有可调的",
  },
  {
    id: "beam",
    name: "束搜索",
    idea: "同时留住几条最好的，找总概率大的诗",
    searches: true,
    settings: ({ numBeams, lengthPenalty }) => ({ numBeams, lengthPenalty }),
    describe: ({ numBeams }) => `束宽 ${numBeams}`,
  },
  {
    id: "sampling",
    name: "纯采样",
    idea: "按概率抽签，什么字都可能",
    searches: false,
    settings: ({ pureTemperature }) => ({ doSample: true, temperature: pureTemperature }),
    describe: ({ pureTemperature }) => `温度 ${formatNumber(pureTemperature)}`,
  },
  {
    id: "top-k",
    name: "top-k",
    idea: "只在前 k 个字里抽",
    searches: false,
    settings: ({ topK }) => ({ doSample: true, topK }),
    describe: ({ topK }) => `k = ${topK}`,
  },
  {
    id: "top-p",
    name: "top-p",
    idea: "只在合起来占到 p 的字里抽",
    searches: false,
    settings: ({ topP }) => ({ doSample: true, topP }),
    describe: ({ topP }) => `p = ${formatNumber(topP)}`,
  },
  {
    id: "combined",
    name: "合用",
    idea: "先调温度，再过 top-k 和 top-p",
    searches: false,
    settings: ({ temperature, combinedTopK, combinedTopP, repetitionPenalty, noRepeatNgramSize }) => ({
      doSample: true,
      temperature,
      topK: combinedTopK,
      topP: combinedTopP,
      repetitionPenalty,
      noRepeatNgramSize,
    }),
    describe: describeCombined,
  },
];

function describeCombined(reader: CompareSettings): string {
  const { temperature, combinedTopK, combinedTopP, repetitionPenalty, noRepeatNgramSize } = reader;
  const parts = [`温度 ${formatNumber(temperature)}`, `k = ${combinedTopK}`, `p = ${formatNumber(combinedTopP)}`];
  if (repetitionPenalty !== 1) parts.push(`重复惩罚 ${formatNumber(repetitionPenalty)}`);
  if (noRepeatNgramSize > 0) parts.push(`不重复 ${noRepeatNgramSize} 元组`);
  return parts.join("，");
}

/** A decoder's settings for the engine. All share the seed, so that those who sample draw the same lots. */
export function engineSettings(
  decoder: Decoder,
  reader: CompareSettings,
  maxNewTokens: number,
  endIds: readonly number[],
): GenerationSettings {
  return { ...DEFAULT_SETTINGS, ...decoder.settings(reader), seed: reader.seed, maxNewTokens, endIds };
}
