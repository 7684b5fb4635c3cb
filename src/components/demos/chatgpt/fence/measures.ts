import { mean, minOf } from "../../../../engine/statistics.ts";
import type { Watched } from "./watch.ts";

/** Something measured of an answer by which one might tell whether to trust it. */
export interface Measure {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  /** How it is computed, in a sentence. */
  readonly how: string;
  /** Whether a larger value is more certain. */
  readonly larger: boolean;
  readonly of: (watched: Watched) => number;
}

/** Marks and characters that nearly every answer has, and that say nothing of what it is about. */
const EMPTY = new Set([..."的了是在有会不我你它他这那一个可以要，。、！？：“”"]);

/** The first token that says something new: no mark, none of the common characters, and none that the question has. */
export function firstContent({ question, tokens }: Watched): number {
  const found = tokens.findIndex(({ text }) => !EMPTY.has(text) && !question.includes(text) && text !== "[END]");
  return Math.max(0, found);
}

export const MEASURES = [
  {
    id: "mean",
    title: "平均 ln p",
    unit: "每词元，纳特",
    how: "回答里每个词元的对数概率，取平均。",
    larger: true,
    of: ({ tokens }: Watched) => mean(tokens.map(logOf)),
  },
  {
    id: "least",
    title: "最没把握的词元",
    unit: "ln p，纳特",
    how: "回答里概率最小的那个词元的对数概率。",
    larger: true,
    of: ({ tokens }: Watched) => minOf(tokens.map(logOf)),
  },
  {
    id: "total",
    title: "整个回答的 ln p",
    unit: "纳特",
    how: "各个词元的对数概率加起来，也就是整个回答的概率的对数。",
    larger: true,
    of: ({ tokens }: Watched) => tokens.reduce((sum, token) => sum + logOf(token), 0),
  },
  {
    id: "first",
    title: "第一个词元的熵",
    unit: "比特",
    how: "开口的那一步，整个分布的熵。",
    larger: false,
    of: ({ tokens }: Watched) => tokens[0]?.entropy ?? 0,
  },
  {
    id: "content",
    title: "第一个实在的词元的熵",
    unit: "比特",
    how: "第一个不是标点、不是「的、是」一类、问题里也没有的词元，写它的那一步的熵。",
    larger: false,
    of: (watched: Watched) => watched.tokens[firstContent(watched)]?.entropy ?? 0,
  },
  {
    id: "entropy",
    title: "平均的熵",
    unit: "每词元，比特",
    how: "每一步的熵，取平均。",
    larger: false,
    of: ({ tokens }: Watched) => mean(tokens.map(({ entropy }) => entropy)),
  },
] as const satisfies readonly Measure[];

export type MeasureId = (typeof MEASURES)[number]["id"];

export function measureOf(id: MeasureId): Measure {
  return MEASURES.find((measure) => measure.id === id) ?? MEASURES[0];
}

function logOf({ probability }: { readonly probability: number }): number {
  return Math.log(probability);
}
