import type { ReviewPrompt } from "../../../../engine/experiments/rlhf-settings.ts";
import type { Random } from "../../../../engine/random.ts";

/** Reviews that begin alike and wait for their order. */
export interface Group extends ReviewPrompt {
  /** Two or more, no two alike. */
  readonly texts: readonly string[];
}

/** Prompts for some groups: the prompts take turns by group, and each stands there once for every review. */
export function promptsOf(prompts: readonly ReviewPrompt[], groups: number, size: number): ReviewPrompt[] {
  return Array.from({ length: groups * size }, (_, i) => prompts[Math.floor(i / size) % prompts.length]!);
}

/** Reviews by their groups again; a text that comes twice in a group is there once, and a group of one text has no order. */
export function groupsOf(reviews: readonly (ReviewPrompt & { readonly text: string })[], size: number): Group[] {
  return Array.from({ length: Math.floor(reviews.length / size) }, (_, g) => {
    const own = reviews.slice(g * size, (g + 1) * size);
    const { category, opening } = own[0]!;
    return { category, opening, texts: [...new Set(own.map(({ text }) => text))] };
  }).filter(({ texts }) => texts.length > 1);
}

/**
 * Texts to be ranked once more, from those that stand in the fewest rankings: alone, an order can be checked by nothing. From one prompt, and in
 * an order by lot. Undefined before anything was ranked.
 */
export function groupAgain(rankings: readonly Group[], size: number, random: Random): Group | undefined {
  const byPrompt = new Map<string, Group[]>();
  for (const ranking of rankings) {
    const key = JSON.stringify([ranking.category, ranking.opening]);
    byPrompt.set(key, [...(byPrompt.get(key) ?? []), ranking]);
  }
  const candidates = [...byPrompt.values()].map((groups) => {
    const all = groups.flatMap(({ texts }) => texts);
    const texts = [...new Set(all)].map((text) => ({
      text,
      times: all.filter((other) => other === text).length,
      lot: random.uniform(),
    }));
    return { prompt: groups[0]!, texts, mean: all.length / texts.length, lot: random.uniform() };
  });
  const [chosen] = candidates.sort((a, b) => a.mean - b.mean || a.lot - b.lot);
  if (!chosen) return undefined;
  const { category, opening } = chosen.prompt;
  const texts = chosen.texts
    .sort((a, b) => a.times - b.times || a.lot - b.lot)
    .slice(0, size)
    .sort((a, b) => a.lot - b.lot)
    .map(({ text }) => text);
  return { category, opening, texts };
}
