import type { LabelledText } from "../../../../engine/analysis/character-model.ts";
import { Random, shuffled } from "../../../../engine/random.ts";
import { maxOf } from "../../../../engine/statistics.ts";

/** Sentences with classes, as the reader sees them. */
export interface LabelledSet {
  readonly classes: readonly string[];
  readonly texts: readonly LabelledText[];
}

export interface TaskSplit {
  readonly training: readonly LabelledText[];
  readonly validation: readonly LabelledText[];
}

/** From class names to sentences, as the built-in sets are written. */
export function setOf(sentences: Readonly<Record<string, readonly string[]>>): LabelledSet {
  const classes = Object.keys(sentences);
  return { classes, texts: classes.flatMap((name, label) => sentences[name]!.map((text) => ({ text, label }))) };
}

/** How many texts there are to train on: half of every class. */
export function poolSize(set: LabelledSet): number {
  return poolsOf(set).reduce((sum, { pool }) => sum + pool.length, 0);
}

/**
 * Of every class one half is for validation, always the same one, whatever the seed: the order is that of a hash of the text. From the other
 * halves the seed draws the texts to train on, class by class in turn, so that no class has more of them than it must.
 *
 * @param wanted texts to train on; at least one of each class, at most `poolSize`
 */
export function splitTask(set: LabelledSet, wanted: number, seed: number): TaskSplit {
  const random = new Random(seed);
  const halves = poolsOf(set);
  const hands = halves.map(({ pool }) => shuffled(pool, random));
  const rounds = maxOf(hands.map(({ length }) => length));
  const dealt = Array.from({ length: rounds }, (_, round) =>
    hands.flatMap((hand) => hand.slice(round, round + 1)),
  ).flat();
  return {
    training: dealt.slice(0, Math.max(wanted, set.classes.length)),
    validation: halves.flatMap(({ validation }) => validation),
  };
}

function poolsOf({ classes, texts }: LabelledSet): { pool: LabelledText[]; validation: LabelledText[] }[] {
  return classes.map((_, label) => {
    const own = texts.filter((one) => one.label === label).sort((a, b) => hashOf(a.text) - hashOf(b.text));
    const half = Math.ceil(own.length / 2);
    return { pool: own.slice(0, half), validation: own.slice(half) };
  });
}

/** FNV-1a (Fowler, Noll & Vo), 32 bits, over the UTF-16 code units; its low bits are mixed once more (murmur3's finalizer). */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
