import { type Random, shuffled } from "../random.ts";
import { maxOf } from "../statistics.ts";
import type { TextPair } from "./seq2seq-settings.ts";

/** One source of so many is held out. */
const PARTS = 10;

/** Deals pairs out by their sources, the first draws of a run: a source that is held out is never trained on, with whichever target. */
export function splitPairs(pairs: readonly TextPair[], random: Random): { training: TextPair[]; heldOut: TextPair[] } {
  const sources = shuffled([...new Set(pairs.map(({ source }) => source))], random);
  const chosen = new Set(sources.slice(0, Math.ceil(sources.length / PARTS)));
  return {
    training: pairs.filter(({ source }) => !chosen.has(source)),
    heldOut: pairs.filter(({ source }) => chosen.has(source)),
  };
}

/** Some of the pairs, in turn one of each length of source, until there are enough. */
export function evenlyByLength(pairs: readonly TextPair[], count: number): TextPair[] {
  const groups = new Map<number, TextPair[]>();
  for (const pair of pairs) {
    const { length } = [...pair.source];
    const group = groups.get(length);
    if (group) group.push(pair);
    else groups.set(length, [pair]);
  }
  const sorted = [...groups].sort(([a], [b]) => a - b).map(([, group]) => group);
  const longest = maxOf(sorted.map(({ length }) => length));
  const turns = Array.from({ length: longest }, (_, i) => sorted.flatMap((group) => group[i] ?? []));
  return turns.flat().slice(0, count);
}
