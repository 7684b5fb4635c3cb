import { type Pair, pairsOf } from "../../../../../engine/rl/bradley-terry.ts";

/** What some rankings have to say together. */
export interface Consistency {
  /** K (K − 1)/2 of each ranking. */
  readonly pairs: number;
  /** Pairs of texts that were compared more than once. */
  readonly repeated: number;
  /** Those of them that were decided both ways, the better of the first time in front. */
  readonly contradictions: readonly (readonly [first: string, second: string])[];
  /** The shortest circle, each text found better than the next and the last better than the first; null if there is none. */
  readonly circle: readonly string[] | null;
  /** Texts that stand in more than one ranking. */
  readonly shared: number;
}

/** How rankings agree with each other. A circle is looked for among those pairs that do not contradict themselves already. */
export function consistencyOf(rankings: readonly (readonly string[])[]): Consistency {
  const texts = [...new Set(rankings.flat())];
  const numbers = new Map(texts.map((text, i) => [text, i]));
  const pairs = rankings.flatMap((ranking) => pairsOf(ranking.map((text) => numbers.get(text)!)));
  const times = new Map<string, number>();
  for (const pair of pairs) times.set(keyOf(pair), (times.get(keyOf(pair)) ?? 0) + 1);
  const opposite = ({ better, worse }: Pair): number => times.get(keyOf({ better: worse, worse: better })) ?? 0;

  // One of every two texts that were compared, as it was found first.
  const unlike = new Map(pairs.toReversed().map((pair) => [[pair.better, pair.worse].sort().join(), pair]));
  const each = [...unlike.values()];
  const contradictory = each.filter((pair) => opposite(pair) > 0);
  const settled = each.filter((pair) => opposite(pair) === 0);
  return {
    pairs: pairs.length,
    repeated: each.filter((pair) => times.get(keyOf(pair))! + opposite(pair) > 1).length,
    contradictions: contradictory.map(({ better, worse }) => [texts[better]!, texts[worse]!] as const),
    circle: shortestCircle(texts.length, settled)?.map((i) => texts[i]!) ?? null,
    shared: texts.filter((text) => rankings.filter((ranking) => ranking.includes(text)).length > 1).length,
  };
}

function keyOf({ better, worse }: Pair): string {
  return `${better} ${worse}`;
}

/** The shortest circle along "better than"; null if the pairs have an order. Breadth first, from every item. */
export function shortestCircle(items: number, pairs: readonly Pair[]): number[] | null {
  const worse = Array.from({ length: items }, (): number[] => []);
  for (const pair of pairs) worse[pair.better]!.push(pair.worse);
  let best: number[] | null = null;
  for (let start = 0; start < items; start++) {
    const circle = circleThrough(start, worse);
    if (circle && (!best || circle.length < best.length)) best = circle;
  }
  return best;
}

function circleThrough(start: number, worse: readonly (readonly number[])[]): number[] | null {
  const from = new Map<number, number>();
  const queue = [start];
  for (const item of queue) {
    for (const next of worse[item]!) {
      if (next === start) {
        const circle = [item];
        for (let at = item; at !== start; circle.unshift(at)) at = from.get(at)!;
        return circle;
      }
      if (from.has(next)) continue;
      from.set(next, item);
      queue.push(next);
    }
  }
  return null;
}
